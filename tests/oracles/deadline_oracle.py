#!/usr/bin/env python3
"""An independent opinion on deadlines, to compare the product with.

Written from the law (Art. 12(3) GDPR; Regulation (EEC, Euratom) No 1182/71, Art. 3) and from the official lists of public
holidays, not from the product's code or tables: other language, other Easter algorithm, other form of the holiday lists.

    deadline_oracle.py FIRST LAST [COUNTRY ...]     FIRST, LAST: receipt dates, inclusive (2020-01-01 2039-12-31)

Prints one line per receipt date, country and period: country,received,months,nominal,due
"""
import datetime as dt
import sys

DAY = dt.timedelta(days=1)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)

# Easter Sunday as printed in almanacs; the computed dates are checked against them below.
EASTER = """
2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21
2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25 2036-04-13 2037-04-05 2038-04-25 2039-04-10 2040-04-01
""".split()

# Bank holidays of England and Wales as published at gov.uk/bank-holidays.
GOV_UK = """
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
""".split()


def easter(year):
    """Knuth, The Art of Computer Programming, volume 1, 1.3.2, exercise 14 (after Clavius)."""
    golden = year % 19 + 1
    century = year // 100 + 1
    x = 3 * century // 4 - 12
    z = (8 * century + 5) // 25 - 5
    d = 5 * year // 4 - x - 10
    epact = (11 * golden + 20 + z - x) % 30
    if (epact == 25 and golden > 11) or epact == 24:
        epact += 1
    n = 44 - epact
    if n < 21:
        n += 30
    n = n + 7 - (d + n) % 7
    return dt.date(year, 3, 1) + (n - 1) * DAY


def days(year, text):
    """'1.1 25.12' -> dates"""
    return {dt.date(year, int(m), int(d)) for d, m in (x.split(".") for x in text.split())}


def around_easter(year, *offsets):
    return {easter(year) + n * DAY for n in offsets}


def nth(year, month, weekday, n):
    """n-th weekday of a month by counting through it; n = -1 for the last."""
    found = [dt.date(year, month, d) for d in range(1, 32) if valid(year, month, d) and dt.date(year, month, d).weekday() == weekday]
    return found[n - 1 if n > 0 else n]


def valid(year, month, day):
    try:
        dt.date(year, month, day)
        return True
    except ValueError:
        return False


GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI = -2, 1, 39, 50, 60


def netherlands(y):
    # Algemene termijnenwet, Art. 3(1)
    kings_day = dt.date(y, 4, 27)
    if kings_day.weekday() == SUN:
        kings_day -= DAY
    return days(y, "1.1 5.5 25.12 26.12") | {kings_day} | around_easter(y, EASTER_MONDAY, ASCENSION, WHIT_MONDAY)


def germany(y):
    # holidays of all sixteen Länder
    return days(y, "1.1 1.5 3.10 25.12 26.12") | around_easter(y, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY)


def france(y):
    # Code du travail, L3133-1
    return days(y, "1.1 1.5 8.5 14.7 15.8 1.11 11.11 25.12") | around_easter(y, EASTER_MONDAY, ASCENSION, WHIT_MONDAY)


def england_and_wales(y):
    # Banking and Financial Dealings Act 1971 with the proclamations
    new_year = dt.date(y, 1, 1)
    while new_year.weekday() in (SAT, SUN):
        new_year += DAY
    # Schedule 1: 26 December if not a Sunday, 27 December when 25 or 26 is a Sunday; proclamations give Monday and Tuesday after a weekend.
    christmas = {MON: "25.12 26.12", TUE: "25.12 26.12", WED: "25.12 26.12", THU: "25.12 26.12",
                 FRI: "25.12 28.12", SAT: "27.12 28.12", SUN: "26.12 27.12"}[dt.date(y, 12, 25).weekday()]
    result = {new_year} | days(y, christmas) | around_easter(y, GOOD_FRIDAY, EASTER_MONDAY)
    result |= {dt.date(2020, 5, 8)} if y == 2020 else {nth(y, 5, MON, 1)}
    result |= days(2022, "2.6 3.6 19.9") if y == 2022 else {nth(y, 5, MON, -1)}
    if y == 2023:
        result |= days(2023, "8.5")
    return result | {nth(y, 8, MON, -1)}


COUNTRIES = {"NL": netherlands, "DE": germany, "FR": france, "GB": england_and_wales}


def end_of_months(received, months):
    """Art. 3(2)(c): the day with the same number, or the last day of the month if it has none."""
    y, m = received.year, received.month
    for _ in range(months):
        y, m = (y, m + 1) if m < 12 else (y + 1, 1)
    d = received.day
    while not valid(y, m, d):
        d -= 1
    return dt.date(y, m, d)


def check():
    for text in EASTER:
        assert easter(int(text[:4])) == dt.date.fromisoformat(text), text
    published = {dt.date.fromisoformat(text) for text in GOV_UK}
    for y in range(2019, 2028):
        computed = {d for d in england_and_wales(y) if d.weekday() < SAT}
        assert computed == {d for d in published if d.year == y}, (y, sorted(computed))


def main(first, last, countries):
    check()
    years = range(first.year, last.year + 2)
    for country in countries:
        closed = set().union(*(COUNTRIES[country](y) for y in years))
        received = first
        while received <= last:
            for months in (1, 3):
                nominal = end_of_months(received, months)
                due = nominal
                while due.weekday() in (SAT, SUN) or due in closed:
                    due += DAY
                print(f"{country},{received},{months},{nominal},{due}")
            received += DAY


if __name__ == "__main__":
    main(dt.date.fromisoformat(sys.argv[1]), dt.date.fromisoformat(sys.argv[2]), sys.argv[3:] or sorted(COUNTRIES))
