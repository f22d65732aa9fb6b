def greeting() -> str:
    return "Hello World!"
