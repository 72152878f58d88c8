from tests.languages import in_english

__all__ = ["in_english"]
