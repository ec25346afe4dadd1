"""The program without a window (命令): one thin file per subcommand of ./run."""
