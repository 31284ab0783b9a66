"""Why the embedded platform cannot start here, in words for the person at the terminal."""


class CannotStart(Exception):
    """`code` is for programs and tests, `zh` and `en` say what stands in the way and what to do."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.code = code
        self.zh = zh
        self.en = en
