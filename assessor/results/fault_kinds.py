"""The kinds of mistakes that are explained in words."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """A kind of mistake. The candidate's pages have one sentence for each, in every language they speak."""

    UNDEFINED_NAME = "undefined_name"
    MISSING_BRACKET = "missing_bracket"
    MISSING_SEMICOLON = "missing_semicolon"
    SYNTAX = "syntax"
    INDENTATION = "indentation"
    INDEX_OUT_OF_RANGE = "index_out_of_range"
    MISSING_KEY = "missing_key"
    DIVISION_BY_ZERO = "division_by_zero"
    TEXT_AS_NUMBER = "text_as_number"
    MIXED_TYPES = "mixed_types"
    NO_VALUE = "no_value"
    MISSING_MEMBER = "missing_member"
    WRONG_ARGUMENTS = "wrong_arguments"
    RECURSION_TOO_DEEP = "recursion_too_deep"
    INPUT_ENDED = "input_ended"
    MISSING_MODULE = "missing_module"
    BAD_MEMORY_ACCESS = "bad_memory_access"
    NO_MAIN = "no_main"
    WRONG_CLASS_NAME = "wrong_class_name"
    UNUSED = "unused"
    CONSTANT = "constant"
    MISSING_RETURN = "missing_return"
    MOVED_VALUE = "moved_value"
    UNCAUGHT = "uncaught"
