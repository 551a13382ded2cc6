using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Vendors;

/// <summary>What must hold in a profile beyond its shape. Each failure names the JSON path.</summary>
internal static class VendorProfileRules
{
    public static VendorProfile Checked(VendorProfile profile, string source)
    {
        var check = new Check(source);
        check.Id(profile.Id, "$.id");
        check.Text(profile.Name, "$.name");
        check.Text(profile.Merging.Because, "$.merging.because");
        check.Text(profile.Secrets.Because, "$.secrets.because");
        check.That(profile.Rule is null || Deadlines.CountingRule.TryParse(profile.Rule) is not null, "$.rule", $"'{profile.Rule}' is no counting rule; write month:1 or days:30");
        Controllers(profile, check);
        Each(profile.Hosts, "$.hosts", (host, at) => check.Text(host.Because, at + ".because"));
        Uploads(profile, check);
        Each(profile.Common, "$.common", (field, at) => Common(field, at, check));
        Exports(profile, check);
        Each(profile.Tolerances, "$.tolerances", (rule, at) => Tolerance(rule, at, check));
        Each(profile.CutOff, "$.cutOff", (rule, at) => CutOff(rule, at, check));
        Each(profile.KnownOmissions, "$.knownOmissions", (rule, at) => check.Text(rule.Because, at + ".because"));
        Each(profile.Encoded, "$.encoded", (rule, at) => check.Text(rule.Because, at + ".because"));
        Each(profile.NotMapped, "$.notMapped", (rule, at) => check.Text(rule.Because, at + ".because"));
        Each(profile.Samples, "$.samples", (sample, at) => Sample(sample, at, check));
        Each(profile.Secrets.Paths, "$.secrets.paths", (path, at) => check.That(path.HasGroup("secret"), at, "the expression needs a group named secret"));
        Each(profile.Secrets.Guessable, "$.secrets.guessable", (name, at) => check.That(
            profile.Secrets.Names.Contains(name, StringComparer.OrdinalIgnoreCase), at, $"'{name}' is not among the secrets' names"));
        if (profile.Ignored is { } ignored)
        {
            check.Text(ignored.Because, "$.ignored.because");
        }

        if (profile.Envelope is { } envelope)
        {
            check.Text(envelope.Because, "$.envelope.because");
        }

        return profile;
    }

    private static void Controllers(VendorProfile profile, Check check)
    {
        check.That(profile.Controllers.Count(controller => controller.Default) == 1, "$.controllers", "exactly one controller is the default");
        check.Distinct(profile.Controllers.Select(controller => controller.Id), "$.controllers", "id");
        Each(profile.Controllers, "$.controllers", (controller, at) =>
        {
            check.Id(controller.Id, at + ".id");
            check.Text(controller.Because, at + ".because");
            check.Country(controller.Country, at + ".country");
            check.That(
                controller.Email is null || IsPlainAddress(controller.Email), at + ".email", $"'{controller.Email}' is no mail address");
            check.That(
                !controller.Default || controller.Email is not null, at + ".email", "the default controller needs a mail address");
            if (controller.Establishment is { } establishment)
            {
                check.Country(establishment.Country, at + ".establishment.country");
                check.Text(establishment.Authority, at + ".establishment.authority");
            }

            Each(controller.Notes, at + ".notes", (note, noteAt) => check.Text(note.Text, noteAt + ".text"));
        });
    }

    private static void Uploads(VendorProfile profile, Check check)
    {
        check.Distinct(profile.Uploads.Select(rule => rule.Id), "$.uploads", "id");
        Each(profile.Uploads, "$.uploads", (rule, at) =>
        {
            check.Id(rule.Id, at + ".id");
            check.Text(rule.Because, at + ".because");
            check.That(
                rule.Cipher is null || BodyCiphers.Names.Contains(rule.Cipher, StringComparer.Ordinal), at + ".cipher",
                $"'{rule.Cipher}' is no cipher; known are {string.Join(", ", BodyCiphers.Names)}");
            Each(rule.Match.Methods, at + ".match.methods", (method, methodAt) => check.That(
                method.Length > 0 && method.All(char.IsAsciiLetterUpper), methodAt, $"'{method}' is no method in upper case"));
            Body(rule, at, check);
            if (rule.Answer is { } answer)
            {
                check.Text(answer.Because, at + ".answer.because");
                Body(answer, at + ".answer", check);
            }
        });
    }

    private static void Body(BodyRules rule, string at, Check check)
    {
        check.That(
            rule.Decoder is null || PayloadDecoders.Names.Contains(rule.Decoder, StringComparer.Ordinal), at + ".decoder",
            $"'{rule.Decoder}' is no decoder; known are {string.Join(", ", PayloadDecoders.Names)}");
        Each(rule.Facts, at + ".facts", (fact, factAt) =>
        {
            check.Text(fact.Name, factAt + ".name");
            check.Text(fact.Because, factAt + ".because");
            check.Derivation(fact.Derive, factAt + ".derive");
        });
        Each(rule.Occurrences, at + ".occurrences", (one, oneAt) =>
        {
            check.Text(one.Because, oneAt + ".because");
            Each(one.ZeroIsNone, oneAt + ".zeroIsNone", (name, nameAt) => check.That(
                one.Fields.ContainsKey(name), nameAt, $"'{name}' is no field of this rule"));
            Scale(one.Scale, oneAt, check);
        });
        Each(rule.Minutes, at + ".minutes", (one, oneAt) => check.Text(one.Because, oneAt + ".because"));
        Each(rule.Totals, at + ".totals", (one, oneAt) => check.Text(one.Because, oneAt + ".because"));
        if (rule.Leaves is { } leaves)
        {
            check.Text(leaves.Because, at + ".leaves.because");
        }
    }

    private static void Common(CommonField field, string at, Check check)
    {
        check.Text(field.Name, at + ".name");
        check.Text(field.Because, at + ".because");
        var ways = (field.Fields.Count > 0 ? 1 : 0) + (field.Join.Count > 0 ? 1 : 0) + (field.Match is null ? 0 : 1);
        check.That(field.In.Count > 0, at + ".in", "a field stands somewhere");
        check.That(ways == 1, at, "a field is named by exactly one of fields, join and match");
        check.That(field.Join.Count is 0 or 2, at + ".join", "exactly two fields can be joined");
        check.That(field.Match is null || field.Match.HasGroup("value"), at + ".match", "the expression needs a group named value");
        check.That(
            (field.Match is not null) == field.In.Contains(FieldPlace.Path), at + ".in", "path and match belong together");
        check.Derivation(field.Derive, at + ".derive");
    }

    private static void Exports(VendorProfile profile, Check check)
    {
        check.Distinct(profile.Exports.Select(rule => rule.Id), "$.exports", "id");
        Each(profile.Exports, "$.exports", (rule, at) =>
        {
            check.Id(rule.Id, at + ".id");
            check.Text(rule.Because, at + ".because");
            check.That(rule.Kind == ExportKind.Fact || rule.Time is not null, at + ".time", "only facts have no time");
            check.That(rule.Columns.Count > 0, at + ".columns", "a rule without columns takes nothing");
            check.That(
                rule.Kind is not (ExportKind.Minute or ExportKind.StageMinute) || rule.Columns.Count == 1, at + ".columns",
                "a minute has exactly one value");
            check.That(
                rule.Time is not { } time || time.Date.Count > 0 || time.Start.Count > 0, at + ".time", "a time needs a date or a start");
            Each(rule.Required, at + ".required", (name, nameAt) => check.That(
                rule.Columns.ContainsKey(name), nameAt, $"'{name}' is no canonical name of this rule's columns"));
            Each(rule.Signature, at + ".signature", (name, nameAt) => check.Text(name, nameAt));
            Each(rule.Items, at + ".items", (items, itemsAt) => check.Text(items.Because, itemsAt + ".because"));
            Each(rule.Ordered, at + ".ordered", (pair, pairAt) => check.That(pair.Count == 2, pairAt, "exactly two fields are a pair"));
            foreach (var (raw, canonical) in rule.Values)
            {
                check.That(
                    rule.Kind != ExportKind.StageMinute || StageNames.NumberOf(canonical) >= 0, $"{at}.values.{raw}",
                    $"'{canonical}' is no stage; known are {string.Join(", ", StageNames.ByNumber)}");
            }

            Scale(rule.Scale, at, check);
            JsonColumns.Check(rule, (holds, where, reason) => check.That(holds, at + where, reason));

            foreach (var (column, because) in rule.Unused)
            {
                check.Text(because, $"{at}.unused.{column}");
            }
        });
    }

    private static void Scale(IReadOnlyDictionary<string, decimal> scale, string at, Check check)
    {
        foreach (var (name, factor) in scale)
        {
            check.That(factor is > 0 and <= 1_000_000, $"{at}.scale.{name}", "a factor is positive and at most a million");
        }
    }

    private static void Tolerance(ToleranceRule rule, string at, Check check)
    {
        check.Text(rule.Field, at + ".field");
        check.Text(rule.Because, at + ".because");
        check.That(rule.Amount >= 0, at + ".amount", "a tolerance is not negative");
        check.That(
            ToleranceUnits.Names.Contains(rule.Unit, StringComparer.Ordinal), at + ".unit",
            $"'{rule.Unit}' is no unit; known are {string.Join(", ", ToleranceUnits.Names)}");
        check.That(ToleranceUnits.Fits(rule), at + ".unit", $"{rule.Unit} cannot be the unit of {rule.Field}");
    }

    private static void Sample(VendorSample sample, string at, Check check)
    {
        check.Text(sample.File, at + ".file");
        check.Text(sample.Because, at + ".because");
        check.That(
            !sample.File.Contains('\\', StringComparison.Ordinal) && !Path.IsPathRooted(sample.File), at + ".file",
            "a sample's file is relative to the profile, with forward slashes");
        check.That((sample.Request is not null) == (sample.As == SampleKind.Body), at + ".request", "a body has a request, and nothing else has one");
        check.That(
            sample.Request is not { } request || (request.Split(' ') is [{ Length: > 0 }, var url] && Uri.TryCreate(url, UriKind.Absolute, out _)), at + ".request",
            "a request is a method and a URL: POST https://api.example.org/sync");
        check.That(sample.Damages >= 0, at + ".damages", "a count is not negative");
        foreach (var (key, count) in sample.Expect)
        {
            check.That(VendorSample.TrySplit(key, out _, out _), $"{at}.expect.{key}", $"'{key}' is no category, nor category.field");
            check.That(count >= 0, $"{at}.expect.{key}", "a count is not negative");
        }

        foreach (var key in sample.Values.Keys)
        {
            check.That(VendorSample.TrySplit(key, out _, out var field) && field.Length > 0, $"{at}.values.{key}", $"'{key}' is no category.field");
        }
    }

    private static void CutOff(CutOffRule rule, string at, Check check)
    {
        check.Text(rule.Because, at + ".because");
        check.That(rule.Stamp is "unix" or "date" or "utc", at + ".stamp", $"'{rule.Stamp}' is no kind of stamp; known are unix, date, utc");
        check.That(rule.Match.HasGroup("stamp"), at + ".match", "the expression needs a group named stamp");
    }

    private static void Each<T>(IReadOnlyList<T> list, string at, Action<T, string> check)
    {
        for (var i = 0; i < list.Count; i++)
        {
            check(list[i], $"{at}[{i}]");
        }
    }

    // Shape only: letters check an address again before it is used.
    private static bool IsPlainAddress(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && at < text.Length - 3
        && text.LastIndexOf('@') == at && text.All(one => one is > ' ' and <= '~' and not (',' or ';' or '<' or '>' or '"'));

    private sealed class Check(string source)
    {
        public void That(bool holds, string at, string reason)
        {
            if (!holds)
            {
                throw new BadInput(source, at, reason, "See templates/vendors/README.md for what a profile may hold.");
            }
        }

        public void Text(string text, string at) => That(!string.IsNullOrWhiteSpace(text), at, "a text is missing here");

        public void Derivation(string? name, string at) => That(
            name is null || Derivations.Names.Contains(name, StringComparer.Ordinal), at,
            $"'{name}' is no derivation; known are {string.Join(", ", Derivations.Names)}");

        public void Id(string id, string at) => That(
            id.Length > 0 && id.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one == '-'), at,
            $"'{id}' is no id of lower-case letters, digits and hyphens");

        public void Country(string country, string at) => That(
            country.Length == 2 && country.All(char.IsAsciiLetterUpper), at, $"'{country}' is no country code of two upper-case letters");

        public void Distinct(IEnumerable<string> ids, string at, string what)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var id in ids)
            {
                That(seen.Add(id), at, $"the {what} '{id}' is there twice");
            }
        }
    }
}
