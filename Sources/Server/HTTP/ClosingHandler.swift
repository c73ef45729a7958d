import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection after an answer that says so (`Connection: close`): such as that to a body that is too large or too slow,
/// whose rest nobody waits for. What comes meanwhile is read for a moment, so that the answer is not lost with it.
package final class ClosingHandler: ChannelOutboundHandler, RemovableChannelHandler {
  package typealias OutboundIn = HTTPResponsePart
  package typealias OutboundOut = HTTPResponsePart

  /// For how long the rest of a request is read.
  private static let rest = TimeAmount.seconds(2)

  private var closes = false

  /// For one connection.
  package init() {}

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head) where head.status.kind != .informational:
      closes = head.headerFields[.connection]?.lowercased() == "close"
      context.write(data, promise: promise)
    case .end where closes:
      context.writeAndFlush(data, promise: promise)
      context.close(mode: .output, promise: nil)
      let channel = context.channel
      context.eventLoop.scheduleTask(in: Self.rest) { channel.close(promise: nil) }
    default: context.write(data, promise: promise)
    }
  }
}
