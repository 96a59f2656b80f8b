"""Stored numbers as decimals."""

from decimal import Decimal


def decimal(amount):
    """A stored number as the Decimal that a person would write; zero for nothing."""
    return Decimal(str(amount or 0))
