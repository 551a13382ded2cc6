using MiSarTracker.Core;
using MiSarTracker.Core.Deadlines;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("2024-03-05", "NL DE FR", "2024-04-05")] // EDPB guidelines 01/2022, example 32
    [InlineData("2026-08-31", "NL DE FR", "2026-09-30")] // EDPB guidelines 01/2022, example 33
    [InlineData("2026-03-05", "NL DE FR", "2026-04-07")] // Easter Sunday, Easter Monday
    [InlineData("2025-01-31", "NL DE FR GB", "2025-02-28")] // the shorter month
    [InlineData("2028-01-31", "NL DE FR GB", "2028-02-29")] // leap year
    [InlineData("2025-11-25", "NL DE", "2025-12-29")] // Christmas, then a weekend
    [InlineData("2025-11-25", "FR", "2025-12-26")] // no second day of Christmas in France
    [InlineData("2025-09-03", "GB", "2025-10-03")] // the ICO's example
    [InlineData("2026-03-27", "NL", "2026-04-28")] // King's Day
    [InlineData("2026-03-27", "DE FR GB", "2026-04-27")]
    [InlineData("2026-04-14", "NL DE FR", "2026-05-15")] // Ascension Day
    [InlineData("2026-04-14", "GB", "2026-05-14")]
    [InlineData("2025-04-05", "NL", "2025-05-06")] // Liberation Day, each year by statute
    [InlineData("2020-04-08", "GB", "2020-05-11")] // the Early May bank holiday, moved to a Friday
    [InlineData("2022-05-02", "GB", "2022-06-06")] // Spring and Platinum Jubilee bank holidays, then a weekend
    [InlineData("2022-08-19", "GB", "2022-09-20")] // State Funeral
    [InlineData("2023-04-08", "GB", "2023-05-09")] // Coronation
    [InlineData("2021-11-25", "GB", "2021-12-29")] // Christmas on a weekend: two substitute days
    [InlineData("2022-11-25", "GB", "2022-12-28")] // Christmas on a Sunday, its substitute after Boxing Day
    [InlineData("2021-12-01", "GB", "2022-01-04")] // New Year's Day on a Saturday
    [InlineData("2017-09-30", "DE", "2017-10-30")]
    [InlineData("2017-09-29", "DE", "2017-10-30")] // a Sunday; the one-off Reformation Day is the day after
    public void TheLastDayOfOneMonthIsTheOneOfTheLaw(string received, string countries, string due)
    {
        foreach (var country in countries.Split(' '))
            Assert.Equal((country, due), (country, IsoDate.Text(Tables.Deadline(received, country).Due)));
    }

    /// <summary>One day of each country's official calendar on which the month would end, found by hand.</summary>
    [Theory]
    [InlineData("AT", "2026-09-26", "2026-10-27")] // National Day, a Monday
    [InlineData("BE", "2026-06-21", "2026-07-22")] // National Day, a Tuesday
    [InlineData("BG", "2026-02-03", "2026-03-04")] // Liberation Day, a Tuesday
    [InlineData("CY", "2026-03-01", "2026-04-02")] // National Day, a Wednesday
    [InlineData("CZ", "2026-08-28", "2026-09-29")] // Statehood Day, a Monday
    [InlineData("DK", "2023-04-05", "2023-05-08")] // Great Prayer Day, the last one
    [InlineData("DK", "2024-03-26", "2024-04-26")] // none any more
    [InlineData("EE", "2026-05-23", "2026-06-25")] // Victory Day and Midsummer Day
    [InlineData("ES", "2026-09-12", "2026-10-13")] // National Day, a Monday
    [InlineData("FI", "2025-12-06", "2026-01-07")] // Epiphany, a Tuesday
    [InlineData("GR", "2026-02-25", "2026-03-26")] // Independence Day, a Wednesday
    [InlineData("HR", "2026-05-22", "2026-06-23")] // Anti-Fascist Struggle Day, a Monday
    [InlineData("HU", "2026-09-23", "2026-10-26")] // 23 October, a Friday
    [InlineData("IE", "2026-01-02", "2026-02-03")] // St Brigid's Day on the first Monday of February
    [InlineData("IE", "2022-02-17", "2022-03-21")] // St Patrick's Day, and the one day of 2022
    [InlineData("IS", "2026-05-17", "2026-06-18")] // National Day, a Wednesday
    [InlineData("IT", "2026-05-02", "2026-06-03")] // Republic Day, a Tuesday
    [InlineData("LI", "2026-08-08", "2026-09-09")] // the Nativity of Mary, a Tuesday
    [InlineData("LT", "2026-01-16", "2026-02-17")] // Restoration of the State, a Monday
    [InlineData("LU", "2026-05-23", "2026-06-24")] // the Grand Duke's birthday, a Tuesday
    [InlineData("LV", "2026-04-04", "2026-05-05")] // Restoration of Independence, a Monday
    [InlineData("MT", "2026-01-10", "2026-02-11")] // St Paul's Shipwreck, a Tuesday
    [InlineData("NO", "2027-04-17", "2027-05-18")] // Constitution Day, and Whit Monday
    [InlineData("PL", "2024-11-24", "2024-12-24")] // Christmas Eve was a working day
    [InlineData("PL", "2025-11-24", "2025-12-29")] // and is none since 2025
    [InlineData("PT", "2026-05-10", "2026-06-11")] // Portugal Day, a Wednesday
    [InlineData("RO", "2025-12-06", "2026-01-08")] // Epiphany and St John, since 2024
    [InlineData("RO", "2022-12-06", "2023-01-06")]
    [InlineData("SE", "2025-12-06", "2026-01-07")] // Epiphany, a Tuesday
    [InlineData("SI", "2026-03-27", "2026-04-28")] // Uprising Day, a Monday
    [InlineData("SK", "2024-07-29", "2024-08-30")] // the National Uprising, a Thursday
    [InlineData("SK", "2025-10-17", "2025-11-17")] // a working day by the act on public finances
    public void TheOfficialCalendarOfEachCountryCounts(string country, string received, string due) =>
        Assert.Equal(due, IsoDate.Text(Tables.Deadline(received, country).Due));

    [Theory]
    [InlineData("2026-01-31", "NL DE FR GB", "2026-04-30")]
    [InlineData("2026-03-05", "NL DE FR GB", "2026-06-05")]
    [InlineData("2025-11-30", "NL DE FR GB", "2026-03-02")] // 28 February 2026 is a Saturday
    public void AnExtendedPeriodIsThreeMonthsFromReceipt(string received, string countries, string due)
    {
        foreach (var country in countries.Split(' '))
            Assert.Equal((country, due), (country, IsoDate.Text(Tables.Deadline(received, country, extended: true).Due)));
    }

    [Theory]
    [InlineData("DE", "2017-09-30", "2017-10-30")]
    [InlineData("DE-BE", "2020-04-08", "2020-05-11")] // 8 May 2020, in Berlin only
    [InlineData("DE", "2020-04-08", "2020-05-08")]
    [InlineData("DE-BY", "2025-12-06", "2026-01-07")] // Epiphany
    [InlineData("DE-SN", "2026-10-18", "2026-11-19")] // Repentance and Prayer
    [InlineData("FR-67", "2025-11-26", "2025-12-29")]
    [InlineData("GB-SCT", "2026-05-15", "2026-06-16")] // World Cup
    [InlineData("GB-SCT", "2026-03-06", "2026-04-06")] // no Easter Monday
    [InlineData("GB-SCT", "2022-12-01", "2023-01-04")] // 1 and 2 January, one substitute day
    [InlineData("GB-NIR", "2026-06-12", "2026-07-14")] // 12 July on a Sunday
    [InlineData("UK", "2026-03-06", "2026-04-07")]
    [InlineData("uk-sct", "2026-03-06", "2026-04-06")]
    public void ARegionHasItsOwnHolidays(string code, string received, string due) =>
        Assert.Equal(due, IsoDate.Text(Tables.Deadline(received, code).Due));

    [Fact]
    public void TheOneOffReformationDayOf2017HeldInAllOfGermany() =>
        Assert.Equal(Tables.Date("2017-11-01"), Tables.Shipped.For("DE").WorkingDayFrom(Tables.Date("2017-10-31")));

    [Fact]
    public void TheThirtiethDayIsShownBesideTheLawsDate()
    {
        var deadline = Tables.Deadline("2026-03-05", "NL");
        Assert.Equal(Tables.Date("2026-04-04"), deadline.ThirtyDays);
        Assert.Equal(Tables.Date("2026-04-05"), deadline.Nominal);
        Assert.Equal(Tables.Date("2026-04-07"), deadline.Due);
        Assert.Equal("month:1", deadline.Rule.Name);
    }

    [Fact]
    public void TheDerivationNamesEverySkippedDayAndTheRuleOfThumb()
    {
        Assert.Equal(
            [
                "The request reached the controller on Thursday, 5 March 2026; that day itself is not counted (Regulation (EEC, Euratom) No 1182/71, Art. 3(1)).",
                "The period of one month ends on the day with the same number: Sunday, 5 April 2026 (Art. 12(3) GDPR; Art. 3(2)(c) of that Regulation).",
                "5 April 2026 is a Sunday (Easter Sunday), so the period does not end then.",
                "Monday, 6 April 2026, is a public holiday in the Netherlands (Easter Monday), so the period does not end then.",
                "The next working day is Tuesday, 7 April 2026: the last day (Art. 3(4) of the Regulation).",
                "Rule of thumb: 30 days after receipt is 4 April 2026; the law counts by the calendar month, not by 30 days.",
            ],
            Tables.Deadline("2026-03-05", "NL").Derivation);
    }

    [Theory]
    [InlineData("nl", "2026-03-05", "NL", "month:1", false)]
    [InlineData("nl-extended", "2026-03-05", "NL", "month:1", true)]
    [InlineData("nl-good-friday", "2026-03-03", "NL", "month:1", false)]
    [InlineData("de-epiphany", "2026-12-06", "DE", "month:1", false)]
    [InlineData("fr-days", "2025-11-25", "FR", "days:30", false)]
    [InlineData("gb-scotland-differs", "2026-03-06", "GB", "month:1", false)]
    [InlineData("gb-substitute", "2022-11-25", "GB", "month:1", false)]
    [InlineData("de-short-month-far-year", "2043-01-31", "DE-BY", "month:1", false)]
    public void DerivationsReadWell(string name, string received, string code, string rule, bool extended)
    {
        var deadline = Deadline.For(Tables.Date(received), Tables.Shipped.For(code), CountingRule.Parse(rule), extended);
        Approved.Verify("deadlines/" + name, string.Join('\n', deadline.Derivation) + "\n");
    }

    [Fact]
    public void ADoubtfulDayIsToldAndNotSkippedAndNobodyIsLateBeforeItIsOver()
    {
        var deadline = Tables.Deadline("2026-03-03", "NL"); // Good Friday
        Assert.Equal(Tables.Date("2026-04-03"), deadline.Due);
        Assert.Equal(Tables.Date("2026-04-07"), deadline.Latest);
        Assert.Contains(deadline.Derivation, sentence => sentence.Contains("Good Friday", StringComparison.Ordinal) && sentence.Contains("7 April 2026", StringComparison.Ordinal));
    }

    [Fact]
    public void ARegionThatWasNotNamedIsToldAndNobodyIsLateBeforeItsDay()
    {
        var deadline = Tables.Deadline("2026-12-06", "DE"); // Epiphany in three Länder
        Assert.Equal(Tables.Date("2027-01-06"), deadline.Due);
        Assert.Equal(Tables.Date("2027-01-07"), deadline.Latest);
        Assert.Contains(deadline.Derivation, sentence => sentence.Contains("Baden-Württemberg, Bavaria and Saxony-Anhalt", StringComparison.Ordinal));
        Assert.Equal(Tables.Date("2027-01-06"), Tables.Deadline("2026-12-06", "DE-HH").Latest);
    }

    [Fact]
    public void ARuleInDaysRollsOverToo()
    {
        var deadline = Deadline.For(Tables.Date("2025-11-26"), Tables.Shipped.For("DE"), CountingRule.Parse("days:30"));
        Assert.Equal((Tables.Date("2025-12-26"), Tables.Date("2025-12-29"), Tables.Date("2025-12-26")), (deadline.Nominal, deadline.Due, deadline.ThirtyDays));
        Assert.Contains(deadline.Derivation, sentence => sentence.Contains("the second day of Christmas", StringComparison.Ordinal));
        Assert.Equal(Tables.Date("2026-02-24"), Deadline.For(Tables.Date("2025-11-26"), Tables.Shipped.For("DE"), CountingRule.Parse("days:30"), extended: true).Nominal);
    }

    [Theory]
    [InlineData("1999-01-01")]
    [InlineData("2015-12-31")]
    [InlineData("2060-12-15")]
    [InlineData("2061-01-01")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void AYearThatTheTableDoesNotCoverIsRefusedAndNeverAYearWithoutHolidays(string received)
    {
        var refusal = Assert.Throws<Refusal>(() => Tables.Deadline(received, "NL"));
        Assert.Contains("2016 to 2060", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownCountryIsRefusedWithTheKnownOnes()
    {
        foreach (var code in new[] { "XX", "", null, "Netherlands", "EU", "N", "../NL" })
        {
            var refusal = Assert.Throws<Refusal>(() => Tables.Shipped.For(code));
            Assert.Contains("NL (the Netherlands)", refusal.Remedy, StringComparison.Ordinal);
        }

        Assert.Contains("DE-BY (Bavaria)", Assert.Throws<Refusal>(() => Tables.Shipped.For("DE-XX")).Remedy, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => Tables.Shipped.For("NL-NH"));
        Assert.Same(Tables.Shipped.For("GB"), Tables.Shipped.For("uk"));
    }

    [Fact]
    public void EveryPlaceKeepsThePropertiesOfTheLaw()
    {
        foreach (var table in Tables.Shipped.All)
        {
            foreach (var calendar in table.RegionalCalendars.Append(table.Calendar()))
                PropertiesHold(calendar);
        }
    }

    private static void PropertiesHold(HolidayCalendar calendar)
    {
        var (previous, previousExtended) = (LocalDate.MinIsoValue, LocalDate.MinIsoValue);
        var last = new LocalDate(2034, 12, 31);
        for (var received = new LocalDate(2024, 1, 1); received <= last; received = received.PlusDays(1))
        {
            var first = Deadline.For(received, calendar);
            var extended = calendar.Table.Regime.KnowsFurtherMonths ? Deadline.For(received, calendar, extended: true) : first;
            var place = $"{calendar} {received}";
            Assert.True(first.Due >= first.Nominal && extended.Due >= extended.Nominal, place);
            Assert.True(calendar.IsWorkingDay(first.Due) && calendar.IsWorkingDay(extended.Due), place);
            Assert.True(first.Due >= previous && extended.Due >= previousExtended, place);
            Assert.True(extended.Due >= first.Due && extended.NoticeBy == first.Due, place);
            Assert.True(first.Latest >= first.Due && first.Latest.Minus(first.Due).Days < 10, place);
            Assert.Equal(first.Due.Minus(first.Nominal).Days, first.Skipped.Count);
            (previous, previousExtended) = (first.Due, extended.Due);
        }
    }
}
