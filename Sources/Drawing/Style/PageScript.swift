/// The page's only script: the theme's button, the crosshair, keys for what scrolls, and a menu that closes behind a jump.
///
/// The page says everything without it. It holds no `<` and no `&`, so that the page is well-formed XML too.
package enum PageScript {
  /// SHA-256 of the script in Base64, which the page's content security policy names; a test computes it again.
  package static let sha256 = "6xv13iFTh1DwROX05tmpqrwuhpJwLyYXYApG3MWurLc="

  /// The script, under 3 kB.
  package static let text = """
    (function(){var d=document,u={},r=d.documentElement,b=d.getElementById('theme');b.hidden=false;
    b.onclick=function(){var n=r.dataset.theme?r.dataset.theme=='dark':matchMedia('(prefers-color-scheme:dark)').matches;\
    r.dataset.theme=n?'light':'dark'};
    d.querySelectorAll('.plot').forEach(function(p){var f=p.parentNode,o=f.querySelector('output'),k=-1,\
    h=[].map.call(f.querySelectorAll('thead th'),function(c){return c.textContent}),\
    w=f.querySelectorAll('tbody tr');if(!p.querySelector('[data-x]'))return;
    var a='Arrow keys read: '+f.querySelector('.finding').textContent;u[a]=(u[a]||0)+1;
    p.tabIndex=0;p.setAttribute('role','group');p.setAttribute('aria-label',u[a]>1?a+' ('+u[a]+')':a);
    function xs(s){return s.querySelector('.y').dataset.x.split(' ').map(Number)}
    function say(i){k=i;p.querySelectorAll('svg').forEach(function(s){var q=s.querySelector('.q');\
    q.style.display=i==-1?'none':'inline';if(i!=-1)q.setAttribute('transform','translate('+xs(s)[i]+' 0)')});
    o.textContent=i==-1?'':[].map.call(w[i].children,function(c,j){return j?h[j]+' '+c.textContent:c.textContent}).join(' · ')}
    p.onpointermove=function(e){var s=[].find.call(p.querySelectorAll('svg'),function(s){return s.clientWidth}),\
    t=s.getBoundingClientRect(),x=(e.clientX-t.left)/t.width*s.viewBox.baseVal.width,m=1e9,n=0;
    xs(s).forEach(function(v,i){var g=Math.abs(v-x);if(m>g){m=g;n=i}});if(n!=k)say(n)};
    p.onpointerleave=p.onblur=function(){say(-1)};
    p.onkeydown=function(e){var l=w.length-1,n={ArrowRight:Math.min(k+1,l),ArrowLeft:Math.max(k-1,0),Home:0,End:l,Escape:-1}[e.key];
    if(n!==undefined){say(n);e.preventDefault()}}});
    function reach(){d.querySelectorAll('.scroll').forEach(function(s){if(s.scrollWidth>s.clientWidth){s.tabIndex=0;\
    var f=s.closest('figure'),t=s.querySelector('caption')||f;if(f)t=f.querySelector('.finding');\
    s.setAttribute('role','group');s.setAttribute('aria-label','Table that scrolls'+(t?': '+t.textContent:''))}\
    else['tabindex','role','aria-label'].forEach(function(a){s.removeAttribute(a)})})}
    reach();addEventListener('resize',reach);d.addEventListener('toggle',reach,true);
    var m=d.querySelector('nav details'),v=matchMedia('(min-width:1180px)');function menu(){m.open=v.matches}
    if(m){menu();v.onchange=menu;m.addEventListener('click',function(e){if(e.target.closest('a'))menu()})}})();
    """
}
