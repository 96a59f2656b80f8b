"""What is left to pay of costs and interest. Without database."""


def charges_left(cost, interest, settled):
    """What is still to be paid of the costs and the interest of a claim; never negative.

    The three amounts are in one currency, and all Decimals or all floats. The result is not rounded.

    :param settled: what was paid or credited of costs and interest together
    """
    return max(cost + interest - settled, 0)
