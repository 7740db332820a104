"""Files brought to a command: opened whatever they are, told apart, put together."""
