using MiSarTracker.Core;
using MiSarTracker.Core.Deadlines;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class HolidayTableReaderTests
{
    private const string Good = """
        {
          "country": "XA", "name": "Exampleland", "regime": "eu", "zone": "Europe/Berlin",
          "valid": {"from": 2020, "to": 2030}, "asOf": "2026-11-22",
          "sources": {"act": "Holiday Act"}, "regions": {"XA-1": "North"},
          "holidays": [
            {"name": "Fixed Day", "local": "F", "fixed": "02-29", "source": "act, s. 1"},
            {"name": "Moved Day", "local": "M", "fixed": "04-27", "moved": {"sunday": -1}, "from": 2021, "to": 2029, "source": "act"},
            {"name": "Northern Day", "local": "N", "onOrAfter": {"weekday": "saturday", "day": "06-20"}, "regions": ["XA-1"], "source": "act"},
            {"name": "Repentance Day", "local": "R", "onOrBefore": {"weekday": "wednesday", "day": "11-22"}, "except": [2022], "source": "act"},
            {"name": "Fifth Monday", "local": "5", "nth": {"nth": 5, "weekday": "monday", "month": 3}, "source": "act"},
            {"name": "Orthodox Good Friday", "local": "O", "orthodoxEaster": -2, "source": "act"}
          ]
        }
        """;

    [Fact]
    public void EveryFormOfRuleGivesItsDay()
    {
        var table = HolidayTableReader.Read(Good, "xa.json");
        var days = table.Rows.ToDictionary(row => row.Name, row => row);
        Assert.Equal((null, new LocalDate(2024, 2, 29)), (days["Fixed Day"].In(2023), days["Fixed Day"].In(2024)));
        Assert.Equal((new LocalDate(2025, 4, 26), new LocalDate(2026, 4, 27)), (days["Moved Day"].In(2025), days["Moved Day"].In(2026)));
        Assert.Equal((null, null), (days["Moved Day"].In(2020), days["Moved Day"].In(2030)));
        Assert.Equal((new LocalDate(2026, 6, 20), new LocalDate(2025, 6, 21)), (days["Northern Day"].In(2026), days["Northern Day"].In(2025)));
        Assert.Equal((new LocalDate(2026, 11, 18), null), (days["Repentance Day"].In(2026), days["Repentance Day"].In(2022)));
        Assert.Equal((new LocalDate(2026, 3, 30), null), (days["Fifth Monday"].In(2026), days["Fifth Monday"].In(2028)));
        Assert.Equal(new LocalDate(2024, 5, 3), days["Orthodox Good Friday"].In(2024));
        Assert.Equal("Holiday Act, s. 1", days["Fixed Day"].Source);
        Assert.True(table.Calendar().HolidaysOn(new LocalDate(2026, 6, 20)).Count == 0 && table.Calendar("XA-1").HolidaysOn(new LocalDate(2026, 6, 20)).Count == 1);
    }

    [Theory]
    [InlineData("\"country\": \"XA\"", "\"country\": \"xa\"", "$.country")]
    [InlineData("\"country\": \"XA\", ", "", "$")]
    [InlineData("\"name\": \"Exampleland\"", "\"name\": 5", "$.name")]
    [InlineData("\"name\": \"Exampleland\"", "\"name\": \" \"", "$.name")]
    [InlineData("\"regime\": \"eu\"", "\"regime\": \"us\"", "$.regime")]
    [InlineData("Europe/Berlin", "Europe/Atlantis", "$.zone")]
    [InlineData("\"to\": 2030}", "\"to\": 2019}", "$.valid.to")]
    [InlineData("\"to\": 2030}", "\"to\": 2030.5}", "$.valid.to")]
    [InlineData("\"from\": 2020, \"to\": 2030", "\"from\": 2020, \"until\": 2030", "$.valid.until")]
    [InlineData("2026-11-22", "2026-11-31", "$.asOf")]
    [InlineData("\"fixed\": \"02-29\"", "\"fixd\": \"02-29\"", "$.holidays[0].fixd")]
    [InlineData("\"fixed\": \"02-29\"", "\"fixed\": \"02-30\"", "$.holidays[0].fixed")]
    [InlineData("\"fixed\": \"02-29\"", "\"fixed\": \"2-29\"", "$.holidays[0].fixed")]
    [InlineData("\"fixed\": \"02-29\"", "\"fixed\": \"02-29\", \"easter\": 1", "$.holidays[0]")]
    [InlineData("\"fixed\": \"02-29\", ", "", "$.holidays[0]")]
    [InlineData("\"act, s. 1\"", "\"law, s. 1\"", "$.holidays[0].source")]
    [InlineData("{\"sunday\": -1}", "{\"sonntag\": -1}", "$.holidays[1].moved.sonntag")]
    [InlineData("{\"sunday\": -1}", "{\"sunday\": -7}", "$.holidays[1].moved.sunday")]
    [InlineData("{\"sunday\": -1}", "{}", "$.holidays[1].moved")]
    [InlineData("[\"XA-1\"]", "[\"XA-2\"]", "$.holidays[2].regions[0]")]
    [InlineData("[\"XA-1\"]", "[]", "$.holidays[2].regions")]
    [InlineData("\"except\": [2022]", "\"except\": 2022", "$.holidays[3].except")]
    [InlineData("\"nth\": 5,", "\"nth\": 0,", "$.holidays[4].nth.nth")]
    [InlineData("\"month\": 3}", "\"month\": 13}", "$.holidays[4].nth.month")]
    [InlineData("\"monday\"", "\"Monday\"", "$.holidays[4].nth.weekday")]
    [InlineData("\"orthodoxEaster\": -2", "\"orthodoxEaster\": \"-2\"", "$.holidays[5].orthodoxEaster")]
    [InlineData("\"source\": \"act\"}\n  ]", "\"source\": \"act\", \"substitutedOn\": [\"monday\"]}\n  ]", "$.holidays[5].substitutedOn[0]")]
    public void AFaultIsNamedWithItsPlace(string was, string becomes, string place)
    {
        Assert.Contains(was, Good, StringComparison.Ordinal);
        var fault = Assert.Throws<BadInput>(() => HolidayTableReader.Read(ReplaceFirst(Good, was, becomes), "xa.json"));
        Assert.Equal(("xa.json", place), (fault.InputName, fault.Where));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"country\": \"XA\", \"country\": \"XB\"}")]
    [InlineData("{} // comment")]
    public void WhatIsNoTableIsRefused(string json) => Assert.Throws<BadInput>(() => HolidayTableReader.Read(json, "xa.json"));

    [Fact]
    public void TwoTablesForOneCountryAreRefused()
    {
        var table = HolidayTableReader.Read(Good, "xa.json");
        Assert.Throws<BadInput>(() => new HolidayTables([table, table]));
    }

    [Fact]
    public void EveryShippedTableIsNamedAfterItsCountryAndEveryRowHasASource()
    {
        Assert.NotEmpty(Tables.Shipped.All);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "templates", "holidays"), "*.json"))
        {
            var table = HolidayTableReader.Read(File.ReadAllText(path), Path.GetFileName(path));
            Assert.Equal(Path.GetFileNameWithoutExtension(path), table.Country.ToLowerInvariant());
            Assert.True(table.FirstYear <= 2018 && table.LastYear >= 2060, table.Country);
            Assert.All(table.Rows, row => Assert.False(string.IsNullOrWhiteSpace(row.Source)));
            Assert.All(table.Regions.Keys, region => Assert.StartsWith(table.Country + "-", region, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void EasterFallsWhereTheAlmanacsSay()
    {
        foreach (var date in new[] { "2018-04-01", "2019-04-21", "2026-04-05", "2027-03-28", "2035-03-25", "2038-04-25", "2049-04-18", "2060-04-18" })
            Assert.Equal(date, IsoDate.Text(Easter.Western(Tables.Date(date).Year)));
        foreach (var date in new[] { "2018-04-08", "2021-05-02", "2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02", "2028-04-16" })
            Assert.Equal(date, IsoDate.Text(Easter.Orthodox(Tables.Date(date).Year)));
    }

    private static string ReplaceFirst(string text, string was, string becomes)
    {
        var at = text.IndexOf(was, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), becomes, text.AsSpan(at + was.Length));
    }
}
