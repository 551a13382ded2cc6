using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Recipients;
using MiSarTracker.Core.Search;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// Puts what was uploaded beside what was disclosed. A pure function: the same input gives the same comparison, so
/// that anybody can run it again and see.
/// </summary>
public static class Correlator
{
    private static readonly Category[] ByMinute = [Category.Steps, Category.ActivityKind, Category.ActivityIntensity, Category.HeartRate];

    /// <summary>Compares; throws nothing of its own.</summary>
    public static Comparison Compare(ComparisonInput input, CancellationToken cancellationToken = default) =>
        new Run(input, cancellationToken).Compare();

    /// <summary>The places that were uploaded, inside workouts and outside.</summary>
    public static LocationCount CountPlaces(Uploaded uploaded)
    {
        var places = uploaded.Facts.Where(fact => fact.Category == Category.Location).ToList();
        var positions = uploaded.Series.Where(series => series.Category == Category.WorkoutTrack).Sum(series => (long)SeriesComparison.SamplesOf(series).Count());
        return new LocationCount(positions + places.Count(fact => fact.InWorkout != false), places.Count(fact => fact.InWorkout == false));
    }

    /// <param name="before">The run over what was uploaded, when this one is over what was given back beyond that.</param>
    private sealed class Run(ComparisonInput input, CancellationToken cancellationToken, Run? before = null)
    {
        private readonly Shown _shown = before is null ? Shown.Uploaded : Shown.GivenBack;
        private readonly Uploaded _uploaded = input.Uploaded;
        private readonly Disclosed _disclosed = input.Disclosed;
        private readonly AnswerRange _range = new(input.Disclosed.Exhibits);
        private readonly PhoneClock _phone = new(input.Uploaded);
        private readonly SortedDictionary<Category, Counts> _counts = [];
        private readonly List<Finding> _findings = [];
        private readonly List<DayMap> _maps = [];
        private readonly List<ItemStates> _items = [];
        private readonly List<RepeatedRow> _repeated = [];
        private readonly List<ConflictingRow> _conflicting = [];
        private readonly Dictionary<Category, MinuteResult> _minutes = [];
        private readonly Dictionary<Category, ClockAlignment> _clocks = [];
        private readonly Innocence _innocence = new(input.Uploaded, new AnswerRange(input.Disclosed.Exhibits), input.Disclosed.Exhibits, before is null ? Shown.Uploaded : Shown.GivenBack);
        private readonly List<Occurrence> _workouts = [.. input.Uploaded.Occurrences.Concat(input.Uploaded.Stored?.Occurrences ?? []).Concat(before?._workouts ?? []).Where(what => what.Category == Category.Workout)];
        private ClockAlignment? _dominant;

        public Comparison Compare()
        {
            var clock = CompareMinutes();
            var identifiers = CompareRest();
            var stored = CompareStored();
            _findings.AddRange(AnswerFindings.Duplicates([.. _disclosed.Duplicates, .. _repeated]));
            _findings.AddRange(AnswerFindings.Conflicts([.. _disclosed.Conflicts, .. _conflicting]));
            _findings.AddRange(AnswerFindings.Encoded(_disclosed.Encoded, _counts.Where(pair => pair.Value.Verdict == Verdict.Unintelligible).Select(pair => pair.Key).ToHashSet()));
            var recipients = new RecipientList(input.Rules.Hosts, input.Recipients, new RecipientNames(_disclosed.Texts, input.Patterns)).Of(_uploaded.Hosts);
            _findings.AddRange(RecipientList.NotNamed(recipients, ForeignLinks.Of(_uploaded)));
            if (AnswerFindings.Late(_disclosed.Exhibits, input.Due) is { } late)
            {
                _findings.Add(late);
            }

            _findings.AddRange(AnswerFindings.InvalidExtensions(input.Extensions));
            var article15 = JudgeWords();

            return new Comparison
            {
                Case = input.Case,
                ComparedAt = input.ComparedAt,
                Evidence = _uploaded.Exhibits,
                Response = _disclosed.Exhibits,
                Clock = clock,
                Categories = [.. _counts.Where(category => category.Value is var c && (c.Uploaded > 0 || c.Disclosed > 0)).Select(category => Result(category.Key, category.Value))],
                Stored = stored,
                Findings = Number(_findings),
                Recipients = [.. recipients.Select(one => one.Recipient)],
                Identifiers = identifiers,
                Article15 = article15,
                Location = CountPlaces(_uploaded),
                Search = FieldSearch.Of(_uploaded, _disclosed, input.Rules.AnswerZone),
                Drift = input.Drift,
                Rounds = CompareRounds(),
                Days = _maps,
                Items = _items,
            };
        }

        private List<Identifier> CompareRest()
        {
            CompareOccurrences();
            CompareSeries();
            var identifiers = CompareFacts();
            _findings.AddRange(new TotalFindings(_disclosed, _range, _phone, input.Rules).All(_uploaded.Totals));
            return identifiers;
        }

        /// <summary>
        /// What the vendor's servers gave back to the app beyond the uploads, by the same rules. Its gaps are findings too; what the answer holds
        /// beyond it is none, for nobody has to give everything back to the app.
        /// </summary>
        private IReadOnlyList<CategoryResult> CompareStored()
        {
            if (StoredCopies.Beyond(_uploaded, input.Rules) is not { } stored)
            {
                return [];
            }

            var run = new Run(input with { Uploaded = stored, Rounds = [], Patterns = [], Parts = [], Drift = null }, cancellationToken, this);
            run.CompareMinutes();
            run.CompareRest();
            _findings.AddRange(run._findings.Where(finding => finding.Severity > Severity.Info).Select(finding => finding with { Stored = true }));
            return [.. run._counts.Where(category => category.Value.Uploaded > 0).Select(category => Result(category.Key, category.Value))];
        }

        /// <summary>Each round by itself, by the same rules; the words and what is new do not matter for it.</summary>
        private IReadOnlyList<Round> CompareRounds() => input.Rounds.Count < 2 ? [] : RoundComparison.Of(
        [
            .. input.Rounds.Select(round => (round, new Run(input with { Disclosed = round, Rounds = [], Patterns = [], Parts = [], Drift = null }, cancellationToken).Compare())),
        ]);

        /// <summary>The answer's words, item by item. A copy that the comparison finds gaps in is a part of one.</summary>
        private IReadOnlyList<Article15Item> JudgeWords()
        {
            if (input.Patterns.Count == 0)
            {
                return Checklist.NotJudged;
            }

            var hasData = _disclosed is not { Minutes.Count: 0, Occurrences.Count: 0, Series.Count: 0, Facts.Count: 0, Totals.Count: 0 };
            var judgement = Grader.Judge(new AnswerWords(_disclosed.Texts, input.Parts), hasData, input.Patterns, cancellationToken);
            var gaps = _findings.Count(finding => finding.Severity > Severity.Info && finding.Kind is FindingKind.NotDisclosed or FindingKind.Altered or FindingKind.AggregatedOnly or FindingKind.Unintelligible);
            var items = ChecklistOf.Items(ChecklistOf.WithGaps(judgement, gaps), input.Grades);
            _findings.AddRange(ChecklistFindings.Of(judgement, items, _disclosed.Exhibits));
            return items;
        }

        private ClockReading CompareMinutes()
        {
            var days = ByMinute.ToDictionary(category => category, category => UploadedDay.Group(_uploaded.Minutes.Where(day => day.Category == category)));
            var common = ByMinute.ToDictionary(category => category, category => CommonClock.Of(
                category, days[category], [.. _disclosed.Minutes.Where(day => day.Category == category)], Whole(category), input.Rules.AnswerZone));
            var together = ByMinute.ToDictionary(category => category, category => AnswersTogether.Of(common[category].Days, _disclosed.Exhibits));
            _repeated.AddRange(together.Values.SelectMany(one => one.Repeated));
            _conflicting.AddRange(together.Values.SelectMany(one => one.Conflicting));
            var answers = ByMinute.ToDictionary(category => category, category => AnswerMinutes.Bare(together[category].Minutes));
            foreach (var category in ByMinute)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _clocks[category] = ClockAlignment.Find(category.Name, days[category], answers[category], Whole(category), input.Rules.AnswerZone);
            }

            _dominant = _clocks.Values.Concat(before?._dominant is { } known ? [known] : []).MaxBy(clock => clock.Matching) is { Matching: > 0 } found ? found : null;
            foreach (var category in ByMinute)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var clock = ClockFor(category, days[category]);
                var utc = AnswerMinutes.Utc(together[category].Minutes);
                var result = MinuteComparison.Compare(category, days[category], answers[category], utc, clock, _range, Whole(category));
                _minutes[category] = result;
                _maps.AddRange(result.Maps);
                var counts = CountsOf(category);
                counts.HasAggregates = HasAggregates(category);
                _findings.AddRange(new MinuteFindings(result, clock, _innocence, input.Rules, _shown).All(counts, _workouts));
            }

            return ClockReadings.Of([.. _clocks.Values, .. ByMinute.SelectMany(category => common[category].Moved)], _dominant, ByMinute.Any(category => !answers[category].IsEmpty), input.Rules.AnswerZone);
        }

        /// <summary>The category's own clock; where the other run found it from more minutes, that one; where none was found, the others'.</summary>
        private ClockAlignment ClockFor(Category category, IReadOnlyList<UploadedDay> days)
        {
            var own = _clocks[category];
            return before?._clocks[category] is { } known && known.Matching > own.Matching ? ClockAlignment.Following(known, days)
                : own.Matching == 0 && _dominant is not null ? ClockAlignment.Following(_dominant, days)
                : own;
        }

        /// <summary>Minutes hold whole numbers, so only the whole part of a tolerance matters.</summary>
        private MinuteTolerance Whole(Category category) => input.Rules.ToleranceOf(category).ForMinutes;

        private void CompareOccurrences()
        {
            var comparison = new OccurrenceComparison(input.Rules, _range, _phone, _dominant);
            var categories = _uploaded.Occurrences.Concat(_disclosed.Occurrences).Select(what => what.Category)
                .Where(category => !IsAggregateOnly(category)).Distinct().Order();
            foreach (var category in categories)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var disclosed = _disclosed.Occurrences.Where(what => what.Category == category).ToList();
                var compared = comparison.Compare(
                    [.. _uploaded.Occurrences.Where(what => what.Category == category)], disclosed, placed => IsAmongMinutes(category, placed));
                var counts = CountsOf(category);
                counts.HasAggregates |= HasAggregates(category);
                counts.Disclosed += disclosed.Count;
                foreach (var one in compared)
                {
                    if (one.Uploaded is { } mine)
                    {
                        _items.Add(new ItemStates(category, $"{mine.Start.Local}|{mine.Start.Offset}|{mine.Subject}|{mine.Origin}", [one.State]));
                    }

                    counts.Add(one.State);
                    if (one.Reason is not null)
                    {
                        counts.AddReason(one.Reason);
                    }
                }

                // Where some are there in detail, the others are missing whatever else the answer holds.
                var kind = disclosed.Count == 0 ? counts.KindOfMissing : FindingKind.NotDisclosed;
                _findings.AddRange(new OccurrenceFindings(category, _innocence, input.Rules, kind, kind == FindingKind.Unintelligible ? counts.Encoded : [], _shown).All(compared));
            }
        }

        /// <summary>A single measurement that the answer tells of among its minutes, with the same value.</summary>
        private bool IsAmongMinutes(Category category, Placed placed)
        {
            if (placed.What["bpm"]?.Number is not { } value || !_minutes.TryGetValue(category, out var minutes))
            {
                return false;
            }

            var local = placed.Local.Local;
            return minutes.AnswerMinute(local.Date, (local.Hour * 60) + local.Minute).Value == value;
        }

        private void CompareSeries()
        {
            foreach (var group in _uploaded.Series.GroupBy(series => series.Category).OrderBy(group => group.Key))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var compared = SeriesComparison.Compare(group, [.. _disclosed.Series.Where(series => series.Category == group.Key)], _range, _phone);
                _items.AddRange(compared.Select(one => new ItemStates(
                    group.Key, $"{one.Uploaded.Subject}|{one.Uploaded.Origin}", one.Reason is null ? one.States : [.. one.States.Select(state => state == MinuteState.Matched ? state : MinuteState.NotComparable)])));
                _findings.AddRange(new SeriesFindings(group.Key, _innocence, _shown).All(compared, CountsOf(group.Key)));
            }
        }

        private List<Identifier> CompareFacts()
        {
            var comparison = new FactComparison(_disclosed);
            var compared = comparison.Compare(_uploaded.Facts.OrderBy(fact => fact.Category).ThenBy(fact => fact.Name, StringComparer.Ordinal).ThenBy(fact => fact.Value, StringComparer.Ordinal));
            _items.AddRange(compared.Select(one => new ItemStates(
                one.Fact.Category, $"{one.Fact.Name}={one.Fact.Value}|{one.Fact.InWorkout}", [one.DisclosedAt is null ? MinuteState.Missing : MinuteState.Matched])));
            foreach (var group in compared.GroupBy(one => one.Fact.Category))
            {
                var counts = CountsOf(group.Key);
                counts.Add(MinuteState.Matched, group.Count(one => one.DisclosedAt is not null));
                counts.Add(MinuteState.Missing, group.Count(one => one.DisclosedAt is null));
                if (FactFindings.NotDisclosed(group.Key, [.. group.Where(one => one.DisclosedAt is null)], _shown) is { } finding)
                {
                    _findings.Add(finding);
                }
            }

            CountDisclosedFacts(compared);
            var identifying = compared.Where(one => one.Fact.Identifies).ToList();
            _findings.AddRange(identifying.Where(one => one.DisclosedAt is null).Select(one => FactFindings.NotDisclosed(one, _shown)));
            var outside = _uploaded.Facts.Where(fact => fact.Category == Category.Location && fact.InWorkout == false).ToList();
            if (outside.Count > 0 && before is null)
            {
                _findings.Add(FactFindings.OutsideWorkout(outside));
            }

            return [.. identifying.Select(FactFindings.Identifier)];
        }

        private void CountDisclosedFacts(IReadOnlyList<ComparedFact> compared)
        {
            var uploaded = compared.Where(one => one.DisclosedAt is not null).Select(one => one.DisclosedAt!.Value).ToHashSet();
            foreach (var group in _disclosed.Facts.GroupBy(fact => fact.Category))
            {
                var counts = CountsOf(group.Key);
                counts.Disclosed += group.Count();
                counts.Add(MinuteState.OutsideCapture, Math.Max(0, group.Count() - compared.Count(one => one.Fact.Category == group.Key && one.DisclosedAt is not null)));
            }
        }

        /// <summary>
        /// Whether the answer holds totals of what was uploaded in detail: activity stages for the minute kinds, a
        /// night's deep and light minutes for its stages, daily totals for the minutes' steps.
        /// </summary>
        private bool HasAggregates(Category category) =>
            (category == Category.ActivityKind && _disclosed.Occurrences.Any(what => what.Category == Category.ActivityKind))
            || (category == Category.SleepStage && _disclosed.Occurrences.Any(what => what.Category == Category.Sleep && (what["deep"] ?? what["light"]) is not null))
            || (category == Category.Steps && _disclosed.Totals.Any(total => total.Category == Category.Steps && total.Name == "steps"));

        /// <summary>Stages of activity are aggregates of the minutes, not samples of their own.</summary>
        private static bool IsAggregateOnly(Category category) => category == Category.ActivityKind || category == Category.Steps;

        private Counts CountsOf(Category category)
        {
            if (!_counts.TryGetValue(category, out var counts))
            {
                _counts.Add(category, counts = new Counts { Encoded = [.. _disclosed.Encoded.Where(field => field.Categories.Contains(category))] });
            }

            return counts;
        }

        private static CategoryResult Result(Category category, Counts counts) => new(
            category, Wording.Unit(category), counts.Uploaded, counts.Disclosed,
            counts[MinuteState.Matched], counts[MinuteState.Missing], counts[MinuteState.Altered], counts[MinuteState.NotComparable],
            counts[MinuteState.DisclosedOnly], counts[MinuteState.OutsideCapture], counts.Verdict, counts.Reason);

        /// <summary>Accusations before information, then by category and time: the order of every list and its numbers.</summary>
        private static List<Finding> Number(List<Finding> findings) =>
        [
            .. findings
                .OrderBy(finding => finding.Severity == Severity.Info)
                .ThenBy(finding => finding.Category is null)
                .ThenBy(finding => finding.Category ?? default)
                .ThenBy(finding => finding.Kind)
                .ThenBy(finding => finding.From?.Local)
                .ThenBy(finding => finding.Subject, StringComparer.Ordinal)
                .ThenBy(finding => finding.Statement, StringComparer.Ordinal)
                .Select((finding, at) => finding with { Id = $"F-{at + 1:000}" }),
        ];
    }
}
