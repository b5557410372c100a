"""宣传活动: their kinds, records and photos."""
