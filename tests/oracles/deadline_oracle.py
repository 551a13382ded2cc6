#!/usr/bin/env python3
"""An independent opinion on deadlines, to compare the product with.

Written from the law (Art. 12(3) GDPR; Regulation (EEC, Euratom) No 1182/71, Art. 3) and from the official lists of public
holidays, not from the product's code or tables: other language, other Easter algorithm, other form of the holiday lists.

    deadline_oracle.py FIRST LAST [COUNTRY ...]     FIRST, LAST: receipt dates, inclusive (2020-01-01 2039-12-31)

Prints one line per receipt date, country and period: country,received,months,nominal,due (30d for Switzerland's 30 days)
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


def orthodox_easter(year):
    """Gauss's Julian Easter; the Julian calendar is 13 days behind until 2099."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 6) % 7
    return dt.date(year, 3, 22) + (d + e + 13) * DAY


def around_orthodox_easter(year, *offsets):
    return {orthodox_easter(year) + n * DAY for n in offsets}


def sat_before(year, month, last_day):
    """The Saturday in the week that ends on that day."""
    d = dt.date(year, month, last_day)
    while d.weekday() != SAT:
        d -= DAY
    return d


def next_working_days(holidays, movable):
    """Bulgaria: each of these on a weekend makes one more day off, as many as fell on it, directly after."""
    result = set(holidays)
    for d in sorted(movable):
        if d.weekday() in (SAT, SUN):
            e = d
            while e.weekday() in (SAT, SUN) or e in result:
                e += DAY
            result.add(e)
    return result


# Days that are public holidays beyond doubt; fixed days, then days after Easter Sunday (western or orthodox).
# Typed from the acts that each country's law names; Sundays that are always Sundays are left out.
WESTERN = {
    "AT": ("1.1 6.1 1.5 15.8 26.10 1.11 8.12 25.12 26.12", (1, 39, 50, 60)),
    "BE": ("1.1 1.5 21.7 15.8 1.11 11.11 25.12", (1, 39, 50)),
    "CZ": ("1.1 1.5 8.5 5.7 6.7 28.9 28.10 17.11 24.12 25.12 26.12", (-2, 1)),
    "DK": ("1.1 25.12 26.12", (-3, -2, 1, 39, 50)),
    "EE": ("1.1 24.2 1.5 23.6 24.6 20.8 24.12 25.12 26.12", (-2,)),
    "ES": ("1.1 6.1 1.5 15.8 12.10 1.11 6.12 8.12 25.12", (-2,)),
    "FI": ("1.1 6.1 1.5 6.12 25.12 26.12", (-2, 1, 39)),
    "HR": ("1.1 6.1 1.5 30.5 22.6 5.8 15.8 1.11 18.11 25.12 26.12", (1, 60)),
    "HU": ("1.1 15.3 1.5 20.8 23.10 1.11 25.12 26.12", (-2, 1, 50)),
    "IE": ("1.1 17.3 25.12 26.12", (1,)),
    "IS": ("1.1 1.5 17.6 25.12 26.12", (-3, -2, 1, 39, 50)),
    "IT": ("1.1 6.1 25.4 1.5 2.6 15.8 1.11 8.12 25.12 26.12", (1,)),
    "LI": ("1.1 6.1 1.5 15.8 8.9 1.11 8.12 25.12 26.12", (1, 39, 50, 60)),
    "LT": ("1.1 16.2 11.3 1.5 24.6 6.7 15.8 1.11 2.11 24.12 25.12 26.12", (1,)),
    "LU": ("1.1 1.5 9.5 23.6 15.8 1.11 25.12 26.12", (1, 39, 50)),
    "LV": ("1.1 1.5 4.5 23.6 24.6 18.11 24.12 25.12 26.12 31.12", (-2, 1)),
    "MT": ("1.1 10.2 19.3 31.3 1.5 7.6 29.6 15.8 8.9 21.9 8.12 13.12 25.12", (-2,)),
    "NO": ("1.1 1.5 17.5 25.12 26.12", (-3, -2, 1, 39, 50)),
    "PL": ("1.1 6.1 1.5 3.5 15.8 1.11 11.11 25.12 26.12", (1, 60)),
    "PT": ("1.1 25.4 1.5 10.6 15.8 5.10 1.11 1.12 8.12 25.12", (-2, 60)),
    "SE": ("1.1 6.1 1.5 6.6 25.12 26.12", (-2, 1, 39)),
    "SI": ("1.1 2.1 8.2 27.4 1.5 2.5 25.6 15.8 31.10 1.11 25.12 26.12", (1,)),
    "SK": ("1.1 6.1 1.5 5.7 29.8 1.11 24.12 25.12 26.12", (-2, 1)),
}
ORTHODOX = {
    "BG": ("1.1 3.3 1.5 6.5 24.5 6.9 22.9 24.12 25.12 26.12", (-2, -1, 1)),
    "CY": ("1.1 6.1 25.3 1.4 1.5 15.8 1.10 28.10 25.12 26.12", (-48, -2, 1, 50)),
    "GR": ("1.1 6.1 25.3 15.8 28.10 25.12 26.12", (-48, -2, 1, 50)),
    "RO": ("1.1 2.1 24.1 1.5 1.6 15.8 30.11 1.12 25.12 26.12", (-2, 1, 50)),
}


def monday_after_weekend(d):
    while d.weekday() in (SAT, SUN):
        d += DAY
    return d


def special(country, y):
    """What no pattern above holds: first years, moved days, days of one year."""
    if country == "DK":
        return around_easter(y, 26) if y <= 2023 else set()
    if country == "FI":
        return {sat_before(y, 6, 26), sat_before(y, 11, 6)}
    if country == "SE":
        return {sat_before(y, 6, 26), sat_before(y, 11, 6)}
    if country == "GR":
        return days(y, {2021: "1.5 4.5", 2022: "1.5 2.5", 2024: "7.5"}.get(y, "1.5"))
    if country == "IE":
        result = {nth(y, 5, MON, 1), nth(y, 6, MON, 1), nth(y, 8, MON, 1), nth(y, 10, MON, -1)}
        if y == 2022:
            result |= days(y, "18.3")
        if y >= 2023:
            result.add(dt.date(y, 2, 1) if dt.date(y, 2, 1).weekday() == FRI else nth(y, 2, MON, 1))
        return result
    if country == "IS":
        thursday = dt.date(y, 4, 19)
        while thursday.weekday() != THU:
            thursday += DAY
        return {thursday, nth(y, 8, MON, 1)}
    if country == "IT":
        return days(y, "4.10") if y >= 2026 else set()
    if country == "LV":
        return {monday_after_weekend(dt.date(y, 5, 4)), monday_after_weekend(dt.date(y, 11, 18))} | (days(y, "29.5 10.7") if y == 2023 else set())
    if country == "PL":
        return days(y, "24.12") if y >= 2025 else set()
    if country == "RO":
        return days(y, "6.1 7.1") if y >= 2024 else set()
    if country == "SI":
        return days(y, "14.8") if y == 2023 else set()
    if country == "SK":
        result = days(y, "8.5 15.9") if y != 2026 else set()
        result |= days(y, "1.9") if y <= 2023 else set()
        return result | (days(y, "17.11") if y <= 2024 else set())
    return set()


def patterned(country, y):
    if country in WESTERN:
        fixed, moving = WESTERN[country]
        return days(y, fixed) | around_easter(y, *moving) | special(country, y)
    fixed, moving = ORTHODOX[country]
    result = days(y, fixed) | around_orthodox_easter(y, *moving) | special(country, y)
    return next_working_days(result, days(y, fixed)) if country == "BG" else result


COUNTRIES = {"NL": netherlands, "DE": germany, "FR": france, "GB": england_and_wales}
COUNTRIES.update({country: (lambda y, country=country: patterned(country, y)) for country in [*WESTERN, *ORTHODOX]})


# Switzerland: what each canton's law makes a day of rest beyond doubt, by the abbreviations of its number plates. 30 days, no months
# (Data Protection Ordinance, Art. 18(1)); days that only parts of a canton keep are left out.
SWISS_EVERYWHERE = "1.1 1.8 25.12"
SWISS = {  # fixed days, days after Easter
    "ZH": ("1.5 26.12", (-2, 1, 50)), "BE": ("2.1 26.12", (-2, 1, 50)), "LU": ("15.8 1.11 8.12", (-2, 60)),
    "UR": ("6.1 19.3 15.8 1.11 8.12 26.12", (-2, 1, 50, 60)), "SZ": ("6.1 19.3 15.8 1.11 8.12 26.12", (-2, 1, 50, 60)),
    "OW": ("15.8 25.9 1.11 8.12", (-2, 60)), "NW": ("19.3 15.8 1.11 8.12", (-2, 60)), "GL": ("1.11 26.12", (-2, 1, 50)),
    "ZG": ("15.8 1.11 8.12", (-2, 60)), "FR": ("", (-2,)), "SO": ("", (-2,)), "BS": ("1.5 26.12", (-2, 1, 50)), "BL": ("1.5 26.12", (-2, 1, 50)),
    "SH": ("1.5 26.12", (-2, 1, 50)), "AR": ("26.12", (-2, 1, 50)), "AI": ("15.8 22.9 1.11", (-2, 1, 50, 60)), "SG": ("1.11 26.12", (-2, 1, 50)),
    "GR": ("26.12", (1, 50)), "AG": ("", (-2,)), "TG": ("2.1 1.5 26.12", (-2, 1, 50)),
    "TI": ("6.1 19.3 1.5 29.6 15.8 1.11 8.12 26.12", (1, 50, 60)), "VD": ("2.1", (-2, 1, 50)), "VS": ("19.3 15.8 1.11 8.12", (60,)),
    "NE": ("1.3 1.5", (-2,)), "GE": ("31.12", (-2, 1, 50)), "JU": ("2.1 1.5 23.6 15.8 1.11", (-2, 1, 50, 60)),
}


def switzerland(y, canton=None):
    result = days(y, SWISS_EVERYWHERE) | around_easter(y, 39)
    if canton is None:
        return result
    fixed, moving = SWISS[canton]
    result |= days(y, fixed) | around_easter(y, *moving)
    if canton == "GE":  # Thursday after the first Sunday of September
        result.add(nth(y, 9, SUN, 1) + 4 * DAY)
    if canton == "VD":  # Monday after the third Sunday of September
        result.add(nth(y, 9, SUN, 3) + DAY)
    if canton == "GL":  # first Thursday of April, never in Holy Week
        fahrt = nth(y, 4, THU, 1)
        result.add(fahrt + 7 * DAY if easter(y) - 3 * DAY == fahrt else fahrt)
    return result


COUNTRIES["CH"] = switzerland
COUNTRIES.update({"CH-" + canton: (lambda y, canton=canton: switzerland(y, canton)) for canton in SWISS})


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
    for text in ("2020-04-19", "2021-05-02", "2022-04-24", "2023-04-16", "2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02", "2028-04-16"):
        assert orthodox_easter(int(text[:4])) == dt.date.fromisoformat(text), text
    published = {dt.date.fromisoformat(text) for text in GOV_UK}
    for y in range(2019, 2028):
        computed = {d for d in england_and_wales(y) if d.weekday() < SAT}
        assert computed == {d for d in published if d.year == y}, (y, sorted(computed))


def main(first, last, countries):
    check()
    span = [first + n * DAY for n in range((last - first).days + 1)]
    ends = [(received, months, end_of_months(received, months)) for received in span for months in (1, 3)]
    in_months = [(f"{received},{months},{nominal},", nominal) for received, months, nominal in ends]
    in_days = [(f"{received},30d,{received + 30 * DAY},", received + 30 * DAY) for received in span]
    end = dt.date(last.year + 2, 1, 1)
    for country in countries:
        closed = set().union(*(COUNTRIES[country](y) for y in range(first.year, last.year + 2)))
        due, day = {}, end
        while day >= first:  # backwards: a day that is closed has the due day of the day after it
            shut = day.weekday() in (SAT, SUN) or day in closed
            due[day] = due.get(day + DAY, day) if shut else day
            day -= DAY
        text = {day: f"{last_day}\n" for day, last_day in due.items()}
        sys.stdout.writelines(country + "," + start + text[nominal] for start, nominal in (in_days if country.startswith("CH") else in_months))


if __name__ == "__main__":
    main(dt.date.fromisoformat(sys.argv[1]), dt.date.fromisoformat(sys.argv[2]), sys.argv[3:] or sorted(COUNTRIES))
