using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Letters;
using MiSarTracker.Journey;
using MiSarTracker.Storage;
using MiSarTracker.Tests.Core.Letters;
using MiSarTracker.Tests.Storage;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Journey;

/// <summary>A stored comparison as a letter tells it.</summary>
public sealed class LetterFindingsTests : TempFolder
{
    private const string ComparisonText = """
        {
         "findings": [
          {"kind":"not-disclosed","category":"heart-rate","subject":"minutes","from":"2026-08-21T15:38+02:00","to":"2026-08-21T15:57+02:00","count":20,"severity":"medium","aggregate":false,
           "examples":[{"at":"2026-08-21T15:38+02:00","uploaded":"78 bpm","disclosed":null}],"evidence":[{"exhibit":"E-001","exchange":10,"path":"x"}],"response":[]},
          {"kind":"not-disclosed","category":"heart-rate","subject":"minutes","from":"2026-08-22T23:00+02:00","to":"2026-08-24T23:59+02:00","count":1401,"severity":"high","aggregate":false,
           "examples":[],"evidence":[{"exhibit":"E-001","exchange":15,"path":"x"}],"response":[]},
          {"kind":"altered","category":"steps","subject":"daily total","from":"2026-09-07T00:00+02:00","to":"2026-09-07T23:59+02:00","count":1,"severity":"low","aggregate":true,
           "examples":[{"at":null,"uploaded":"3505 steps","disclosed":"3327 steps"}],"evidence":[{"exhibit":"E-001","exchange":37,"path":"x"}],"response":[]},
          {"kind":"altered","category":"steps","subject":"minutes","from":"2026-09-08T08:00+02:00","to":"2026-09-08T08:09+02:00","count":7,"severity":"low","aggregate":false,
           "examples":[],"evidence":[{"exhibit":"E-001","exchange":38,"path":"x"}],"response":[]},
          {"kind":"not-disclosed","category":"network","subject":"time-zone, user-agent","from":null,"to":null,"count":2,"severity":"low","aggregate":false,
           "examples":[],"evidence":[{"exhibit":"E-001","exchange":1,"path":"x"}],"response":[]},
          {"kind":"article15-missing","category":null,"subject":"15(1)(d)","from":null,"to":null,"count":1,"severity":"medium","aggregate":false,
           "examples":[],"evidence":[],"response":[{"exhibit":"R-001","member":"letter.pdf","line":null}]},
          {"kind":"recipient-not-named","category":null,"subject":"a.example","from":null,"to":null,"count":4,"severity":"info","aggregate":false,
           "examples":[],"evidence":[{"exhibit":"E-001","exchange":2,"path":"x"}],"response":[]},
          {"kind":"late","category":null,"subject":"deadline","from":null,"to":null,"count":7,"severity":"low","aggregate":false,
           "examples":[],"evidence":[],"response":[]}
         ],
         "rounds": [
          {"round":1,"received":"2026-04-02","exhibits":["R-001"],"categories":[{"category":"sleep","fixed":0}]},
          {"round":2,"received":"2026-04-28","exhibits":["R-002"],"categories":[{"category":"sleep","fixed":3},{"category":"steps","fixed":0}]}
         ]
        }
        """;

    [Fact]
    public void PointsAreGatheredByKindAndCategoryWithTheirDaysAndRemarksAreLeftOut()
    {
        var points = Findings().Deficiencies(Facts.Shipped.Words("de"), withValues: false);
        Assert.Equal(
            ["not-disclosed heart-rate 1421 False", "altered steps 1 True", "altered steps 7 False", "not-disclosed network 2 False", "article15-missing account 1 False"],
            points.Select(point => $"{point.Kind} {point.Category.Name} {point.Count} {point.Totals}"));

        // Days that touch are one stretch; the places are written in the letter's language.
        Assert.Equal([(new LocalDate(2026, 8, 21), new LocalDate(2026, 8, 24))], points[0].Stretches);
        Assert.Equal("E-001, Übertragung 10; E-001, Übertragung 15", points[0].Evidence.Value);
        Assert.Equal("time-zone, user-agent", points[3].Fields?.Value);
        Assert.Equal(("15(1)(d)", "R-001"), (points[4].Subject?.Value, points[4].Evidence.Value));
        Assert.All(points, point => Assert.Empty(point.Examples));
        Assert.Equal("78 bpm", Findings().Deficiencies(Facts.Shipped.Words("de"), withValues: true)[0].Examples[0].Uploaded.Value);
    }

    [Fact]
    public void WhatALaterAnswerPutRightIsResolvedOnItsDay()
    {
        var fault = Assert.Single(Findings().Resolved());
        Assert.Equal((false, new LocalDate(2026, 4, 28), 3L, "sleep", "R-002"), (fault.Persists, fault.Date, fault.Data!.Count, fault.Data.Category.Name, fault.Data.Evidence.Value));
        Assert.Contains(fault.Kind, Fault.Kinds);
    }

    [Fact]
    public void AnAnswerThatTheComparisonDoesNotKnowIsComparedFirst()
    {
        var refusal = Assert.Throws<Refusal>(() => Findings("R-003"));
        Assert.Contains("R-003", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("misar compare", refusal.Remedy, StringComparison.Ordinal);
    }

    private LetterFindings Findings(params string[] newer)
    {
        var vault = new Vault(Path.Combine(Folder, "vault"));
        var entry = vault.Store(Encoding.UTF8.GetBytes(ComparisonText));
        var at = Instant.FromUtc(2026, 5, 1, 0, 0);
        var found = new Case
        {
            Reference = CaseReference.Parse("SAR-2026-0001"),
            Vendor = "xiaomi-mi-fit",
            Person = new Person("Jane Doe", "jane.doe@example.org", "NL"),
            Language = "en",
            OpenedAt = at,
            Exhibits = newer.Select(number => new Exhibit { Number = number, Kind = ExhibitKind.Response, FileName = "a.zip", Size = 1, Sha256 = entry.Sha256, Format = "zip", AddedAt = at }).ToValueList(),
            Comparisons = new[] { new ComparisonRun { Number = "C-001", At = at, Engine = "1.2", Sha256 = entry.Sha256, Size = entry.Size, Exhibits = new[] { "E-001", "R-001" }.ToValueList(), Findings = 7 } }.ToValueList(),
        };
        return LetterFindings.Latest(found, vault)!;
    }
}
