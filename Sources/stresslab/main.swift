import ArgumentParser

StressLab.main()
