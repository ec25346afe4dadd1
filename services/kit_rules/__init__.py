"""Rules of a kit that a bureau reads and writes one by one (任务参数包的规定)."""
