using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Recipients;
using MiSarTracker.Tests.Synthetic;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>Every kind of finding beside the gaps in minutes: what was planted is found, and nothing else.</summary>
public sealed class PlantedLifeTests(ITestOutputHelper output)
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly RecipientDirectory Directory = MiSarTracker.Templates.Shipped.Recipients();

    /// <summary>A finding in the words that matter.</summary>
    private sealed record Told(FindingKind Kind, string? Category, string? Subject, LocalDateTime? From, long Count);

    [Fact]
    public void EveryKindOfPlantedDifferenceIsFoundAndNothingElseIsHeldAgainstAnybody()
    {
        var (planted, found, told) = (new Dictionary<FindingKind, int>(), 0, 0);
        for (var seed = 1; seed <= 200; seed++)
        {
            var life = SyntheticLife.Make(seed, 35, Berlin);
            var expected = new Planting(life, new Random(seed)).PlantSome();
            var actual = Accusing(Compare(life.Uploaded, life.Answer(new Random(seed)))).ToHashSet();
            Assert.True(
                expected.SetEquals(actual),
                $"seed {seed}\nnot found:\n  {string.Join("\n  ", expected.Except(actual))}\nnot planted:\n  {string.Join("\n  ", actual.Except(expected))}");
            found += expected.Intersect(actual).Count();
            told += actual.Count;
            foreach (var one in expected)
            {
                planted[one.Kind] = planted.GetValueOrDefault(one.Kind) + 1;
            }
        }

        output.WriteLine($"200 seeds: precision {found / (double)told:0.000}, recall {found / (double)planted.Values.Sum():0.000}; {string.Join(", ", planted.OrderBy(kind => kind.Key).Select(kind => $"{kind.Value} {kind.Key}"))}");
        Assert.All(
            [FindingKind.NotDisclosed, FindingKind.Altered, FindingKind.RecipientNotNamed, FindingKind.IdentifierNotDisclosed, FindingKind.LocationOutsideWorkout, FindingKind.ConflictingInResponse, FindingKind.Late],
            kind => Assert.True(planted.GetValueOrDefault(kind) >= 20, $"{kind} was planted {planted.GetValueOrDefault(kind)} times"));
    }

    [Fact]
    public void InnocentAnswersAreHeldAgainstNobody()
    {
        string[] zones = ["UTC", "Asia/Shanghai", "Asia/Kolkata", "America/New_York", "Europe/Berlin"];
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var life = SyntheticLife.Make(seed, 28, Berlin);
            var zone = DateTimeZoneProviders.Tzdb[zones[seed % zones.Length]];
            MakeInnocent(life, random);
            var answer = life.Answer(random, ("R-001", _ => true, at => Berlin.AtLeniently(at).ToInstant().InZone(zone).LocalDateTime));

            var comparison = Compare(life.Uploaded, answer);

            Assert.True(!Accusing(comparison).Any(), $"seed {seed}, {zone.Id}:\n  {string.Join("\n  ", Accusing(comparison))}");
            Assert.Contains(comparison.Findings, finding => finding.Kind == FindingKind.DuplicateInResponse);
        }
    }

    [Theory]
    [InlineData("R-002")]
    [InlineData("R-001/second.zip/")]
    public void TwoHalvesOfAnAnswerOnTwoClocksSayTheSameAsTheWhole(string second)
    {
        // Daylight saving begins on the 28th day.
        for (var seed = 1; seed <= 12; seed++)
        {
            var life = SyntheticLife.Make(seed, 35, Berlin);
            var expected = new Planting(life, new Random(seed)).PlantSome();

            // A contradiction between two answers is another thing than one within an answer: the later counts.
            life.Again.Clear();
            var whole = Compare(life.Uploaded, life.Answer());
            var halves = Compare(life.Uploaded, life.Answer(
                null,
                ("R-001", row => row % 2 == 0, at => at),
                (second, row => row % 2 == 1, at => Berlin.AtLeniently(at).ToInstant().InUtc().LocalDateTime)));

            Assert.Equal(Accusing(whole).Where(IsAboutSamples).ToHashSet(), Accusing(halves).Where(IsAboutSamples).ToHashSet());
            Assert.Equal(Counts(whole), Counts(halves));
        }

        static bool IsAboutSamples(Told one) => one.Kind is FindingKind.NotDisclosed or FindingKind.Altered or FindingKind.IdentifierNotDisclosed;
        static IEnumerable<(string, long, long, long)> Counts(Comparison comparison) =>
            comparison.Categories.Select(category => (category.Category.Name, category.Matched, category.Missing, category.Altered));
    }

    [Fact]
    public void AnUnrelatedCaptureChangesNothingButTheListOfRecipients()
    {
        var life = SyntheticLife.Make(5, 35, Berlin);
        new Planting(life, new Random(5)).PlantSome();
        var answer = life.Answer();
        var more = new Uploaded
        {
            Exhibits = [.. life.Uploaded.Exhibits, new UploadExhibit("E-002", new string('c', 64), "har", null, null, 12, 0, 0)],
            Minutes = life.Uploaded.Minutes,
            Occurrences = life.Uploaded.Occurrences,
            Totals = life.Uploaded.Totals,
            Series = life.Uploaded.Series,
            Facts = life.Uploaded.Facts,
            Hosts = [.. life.Uploaded.Hosts, new HostTraffic("example.org", 12, 0, 0, 0, 0, null, null)],
        };

        var (before, after) = (Compare(life.Uploaded, answer), Compare(more, answer));

        Assert.Equal(before.Categories, after.Categories);
        Assert.Equal(before.Findings.Select(finding => (finding.Id, finding.Statement)), after.Findings.Select(finding => (finding.Id, finding.Statement)));
        Assert.Equal(before.Recipients.Count + 1, after.Recipients.Count);
    }

    [Fact]
    public void AClockThatSeveralOffsetsFitAccusesNobody()
    {
        // The same pulse at all times: every offset agrees as well as every other.
        var weeks = SyntheticWeeks.Make(3, new LocalDate(2026, 3, 2), 10, Berlin);
        foreach (var day in weeks.Days)
        {
            Array.Fill(day.Heart, (byte)60);
            Array.Fill(day.Steps, (byte)0);
        }

        var export = new SyntheticExport(weeks);
        foreach (var at in export.Heart.Keys.Where(at => at.Hour is 3 or 4).ToList())
        {
            export.Heart.Remove(at);
        }

        export.ShiftMinutes(at => at.PlusHours(7));
        var plain = Observed.Answer(export, Instant.FromUtc(2026, 11, 10, 0, 0));
        var comparison = Compare(Observed.Upload(weeks), plain);

        Assert.DoesNotContain(comparison.Findings, finding => finding.Category == Category.HeartRate && finding.Severity > Severity.Info);
        if (comparison.Clock.OffsetMinutes != 60)
        {
            Assert.True(comparison.Clock.Ambiguous);
            Assert.Contains("another offset fits as well", comparison.Clock.How, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatIsThereOnlyAsBase64IsUnintelligibleAndNotMissing()
    {
        var life = SyntheticLife.Make(9, 14, Berlin);
        life.Heart.Clear();
        var plain = life.Answer();
        var encoded = new EncodedField(Origin.InAnswer("R-001", "days.json", 3), "$[*].data_hr", 14, 20_160, [Category.HeartRate], "as the app sends it");
        var other = new EncodedField(Origin.InAnswer("R-001", "keys.csv", 2), "key", 1, 256, [], null);
        var comparison = Compare(life.Uploaded, new Disclosed
        {
            Exhibits = plain.Exhibits,
            Minutes = plain.Minutes,
            Occurrences = plain.Occurrences,
            Series = plain.Series,
            Facts = plain.Facts,
            Totals = plain.Totals,
            Texts = plain.Texts,
            Encoded = [encoded, other],
        });

        var heart = comparison.Categories.Single(category => category.Category == Category.HeartRate);
        Assert.Equal(Verdict.Unintelligible, heart.Verdict);
        var findings = comparison.Findings.Where(finding => finding.Category == Category.HeartRate && finding.Severity > Severity.Info).ToList();
        Assert.All(findings, finding => Assert.Equal(FindingKind.Unintelligible, finding.Kind));
        Assert.Equal(heart.Uploaded, findings.Sum(finding => finding.Count));
        Assert.Contains(encoded.Origin, findings[0].Response);
        var remark = Assert.Single(comparison.Findings, finding => finding.Kind == FindingKind.Unintelligible && finding.Category is null);
        Assert.Equal(("key", Severity.Info, 1L), (remark.Subject, remark.Severity, remark.Count));
    }

    [Fact]
    public void TotalsAloneAreAggregatedOnly()
    {
        var life = SyntheticLife.Make(4, 14, Berlin);
        var all = life.Steps.Count;
        life.Steps.Clear();

        var comparison = Compare(life.Uploaded, life.Answer());

        var steps = comparison.Categories.Single(category => category.Category == Category.Steps);
        Assert.Equal((Verdict.AggregatedOnly, (long)all), (steps.Verdict, steps.Missing));
        Assert.Equal([FindingKind.AggregatedOnly], Accusing(comparison).Select(finding => finding.Kind).Distinct());
        Assert.Equal(all, Accusing(comparison).Sum(finding => finding.Count));
    }

    private static Comparison Compare(Uploaded uploaded, Disclosed disclosed) => Correlator.Compare(
        new ComparisonInput
        {
            Case = "SAR-2026-0001",
            ComparedAt = Instant.FromUtc(2026, 11, 22, 10, 0),
            Uploaded = uploaded,
            Disclosed = disclosed,
            Due = new LocalDate(2026, 11, 20),
            Recipients = Directory,
            Rules = new ComparisonRules { Hosts = [new HostOwner("huami\\.com$", "Huami", "CN", IsController: true)] },
        },
        TestContext.Current.CancellationToken);

    private static IEnumerable<Told> Accusing(Comparison comparison) => comparison.Findings.Where(finding => finding.Severity > Severity.Info)
        .Select(finding => new Told(
            finding.Kind, finding.Category?.Name, finding.Kind is FindingKind.RecipientNotNamed or FindingKind.IdentifierNotDisclosed ? finding.Subject : null, finding.From?.Local, finding.Count));

    /// <summary>Everything that an honest answer may do: rounding, steps of workouts left with the workout, rows that stand twice, days that came late.</summary>
    private static void MakeInnocent(SyntheticLife life, Random random)
    {
        for (var i = 0; i < life.Occurrences.Count; i++)
        {
            var what = life.Occurrences[i];
            if (what.Category == Category.Sleep)
            {
                life.Occurrences[i] = what with { Start = Moment.At(what.Start.Instant!.Value + Duration.FromSeconds(random.Next(-59, 60)), Offset.Zero), End = Moment.At(what.End!.Value.Instant!.Value, Offset.Zero) };
            }
            else if (what.Category == Category.Workout)
            {
                life.Occurrences[i] = what with { Fields = [.. what.Fields.Select(field => field.Name == "distance" ? Field.Of("distance", field.Number!.Value + 0.4m) : field)] };
            }
        }

        foreach (var run in life.Weeks.Runs)
        {
            var (from, to) = (run.Start.InZone(Berlin).LocalDateTime, run.End.InZone(Berlin).LocalDateTime);
            life.Steps.RemoveAll(row => row.At >= from && row.At < to);
        }

        life.Again.AddRange(life.Heart.Where(_ => random.Next(400) == 0).Select(row => (Category.HeartRate, row.At, row.Value)).DefaultIfEmpty((Category.HeartRate, life.Heart[0].At, life.Heart[0].Value)));
        var last = life.Weeks.Days[^1].Date;
        life.CutOff = last.AtMidnight().InZoneLeniently(Berlin).ToInstant();
        life.Heart.RemoveAll(row => row.At.Date == last);
    }

    /// <summary>Puts differences into a life's answer, far enough from each other to be a finding each.</summary>
    private sealed class Planting(SyntheticLife life, Random random)
    {
        private readonly HashSet<Told> _expected = [];
        private readonly HashSet<string> _touched = [];

        public HashSet<Told> PlantSome()
        {
            Action[] all = [RemoveStage, AlterStage, ShortenStage, RemoveWorkout, AlterWorkout, RemoveTrack, RemovePositions, MovePositions, RemoveWeighing, AlterWeight, DropField, DropIdentifier, LeaveOutRecipient, TellPlaces, Contradict, ComeLate, RemoveHeart];
            foreach (var plant in all.OrderBy(_ => random.Next()).Take(random.Next(3, 9)))
            {
                plant();
            }

            return _expected;
        }

        private void RemoveStage() => Remove(Category.SleepStage);

        private void AlterStage() => Alter(Category.SleepStage, what => [Field.Of("stage", what["stage"]!.Text == "deep" ? "light" : "deep")]);

        private void ShortenStage()
        {
            var what = Free(Category.SleepStage);
            life.Occurrences[life.Occurrences.IndexOf(what)] = what with { End = what.End!.Value with { Local = what.End.Value.Local.PlusMinutes(-5) } };
            Expect(FindingKind.Altered, Category.SleepStage, what.Start.Local, 1);
        }

        private void RemoveWorkout() => Remove(Category.Workout);

        private void AlterWorkout() => Alter(Category.Workout, what => [.. what.Fields.Select(field => field.Name == "distance" ? Field.Of("distance", field.Number!.Value - 250) : field)]);

        private void RemoveWeighing() => Remove(Category.Body);

        private void AlterWeight() => Alter(Category.Body, what => [Field.Of("weight", what["weight"]!.Number!.Value + 1.5m), what.Fields[1]]);

        private void Remove(Category category)
        {
            var what = Free(category);
            life.Occurrences.Remove(what);
            Expect(FindingKind.NotDisclosed, category, what.Start.Local, 1);
        }

        private void Alter(Category category, Func<Occurrence, IReadOnlyList<Field>> fields)
        {
            var what = Free(category);
            life.Occurrences[life.Occurrences.IndexOf(what)] = what with { Fields = fields(what) };
            Expect(FindingKind.Altered, category, what.Start.Local, 1);
        }

        private void RemoveTrack()
        {
            var track = FreeTrack();
            life.Series.Remove(track);
            Expect(FindingKind.NotDisclosed, Category.WorkoutTrack, track.Start.Local, track.Seconds.Length);
        }

        private void RemovePositions()
        {
            var track = FreeTrack();
            var gone = random.Next(20, 120);
            life.Series[life.Series.IndexOf(track)] = track with { Seconds = track.Seconds[gone..], Values = [.. track.Values.Select(column => column[gone..])] };
            Expect(FindingKind.NotDisclosed, Category.WorkoutTrack, track.Start.Local, gone);
        }

        private void MovePositions()
        {
            var track = FreeTrack();
            var moved = random.Next(5, 50);
            for (var i = 100; i < 100 + moved; i++)
            {
                track.Values[0][i] += 0.01;
            }

            Expect(FindingKind.Altered, Category.WorkoutTrack, track.Start.Local, moved);
        }

        private void DropField()
        {
            life.Facts.RemoveAll(fact => fact.Name == "birth-month");
            Expect(FindingKind.NotDisclosed, Category.Profile, null, 1);
        }

        private void DropIdentifier()
        {
            life.Facts.RemoveAll(fact => fact.Name == "serial");
            Expect(FindingKind.NotDisclosed, Category.Device, null, 1);
            _expected.Add(new Told(FindingKind.IdentifierNotDisclosed, Category.Device.Name, "serial", null, 1));
        }

        private void LeaveOutRecipient()
        {
            life.Letter = "We give your data to Amplitude, Inc.\n\nOn 5 October 2026, you wrote:\n> They were sent to graph.facebook.com and api2.amplitude.com.\n";
            _expected.Add(new Told(FindingKind.RecipientNotNamed, Category.Network.Name, "graph.facebook.com", null, 20));
        }

        private void TellPlaces()
        {
            var place = new Fact(Category.Location, "city", $"Town{random.Next(1000, 9999)}", Origin.InUpload("E-001", 7, "city")) { InWorkout = false };
            life.Uploaded = new Uploaded
            {
                Exhibits = life.Uploaded.Exhibits,
                Minutes = life.Uploaded.Minutes,
                Occurrences = life.Uploaded.Occurrences,
                Totals = life.Uploaded.Totals,
                Series = life.Uploaded.Series,
                Hosts = life.Uploaded.Hosts,
                Facts = [.. life.Uploaded.Facts, place],
            };
            life.Facts.Add(place with { Origin = Origin.InAnswer("R-001", "USER.csv", 40) });
            Expect(FindingKind.LocationOutsideWorkout, Category.Location, null, 1);
        }

        private void Contradict()
        {
            var row = life.Heart[random.Next(life.Heart.Count / 2)];
            life.Again.Add((Category.HeartRate, row.At, (short)(row.Value + 30)));
            Expect(FindingKind.ConflictingInResponse, Category.HeartRate, row.At, 1);
        }

        private void ComeLate()
        {
            life.Received = new LocalDate(2026, 11, 25);
            _expected.Add(new Told(FindingKind.Late, null, null, null, 5));
        }

        private void RemoveHeart()
        {
            var at = random.Next((life.Heart.Count / 2) + 10, life.Heart.Count - 60);
            var count = random.Next(2, 40);
            Expect(FindingKind.NotDisclosed, Category.HeartRate, life.Heart[at].At, count);
            life.Heart.RemoveRange(at, count);
        }

        private void Expect(FindingKind kind, Category category, LocalDateTime? from, long count) => _expected.Add(new Told(kind, category.Name, null, from, count));

        /// <summary>One whose neighbours of the category are as they were sent, and stay so.</summary>
        private Occurrence Free(Category category)
        {
            var all = life.Uploaded.Occurrences.Where(what => what.Category == category).OrderBy(what => what.Start.Instant).ToList();
            while (true)
            {
                var at = random.Next(all.Count);
                if (Take(category, at))
                {
                    return life.Occurrences.Single(what => what.Category == category && what.Start == all[at].Start);
                }
            }
        }

        private Series FreeTrack()
        {
            while (true)
            {
                var at = random.Next(life.Uploaded.Series.Count);
                if (Take(Category.WorkoutTrack, at))
                {
                    return life.Series.Single(series => series.Subject == life.Uploaded.Series[at].Subject);
                }
            }
        }

        private bool Take(Category category, int at)
        {
            if (Enumerable.Range(at - 1, 3).Any(near => _touched.Contains($"{category.Name} {near}")))
            {
                return false;
            }

            return _touched.Add($"{category.Name} {at}");
        }
    }
}
