"""Rules of single indicators (单项指标计分规则): one class per method, all with the same three questions."""
