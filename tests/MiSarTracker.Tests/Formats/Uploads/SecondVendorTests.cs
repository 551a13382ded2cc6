using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using MiSarTracker.Tests.Formats.Answers.Mapping;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>A vendor of another trade, described by data alone.</summary>
public sealed class SecondVendorTests
{
    private const string Json = """
        {
          "id": "acme-ring",
          "name": "Acme Ring",
          "products": ["Acme Ring 3"],
          "controllers": [{ "id": "acme", "default": true, "name": "Acme GmbH", "email": "privacy@acme.example", "country": "DE", "because": "its imprint [S]" }],
          "hosts": [{ "match": "(^|\\.)acme\\.example$", "role": "data", "owner": "Acme GmbH", "country": "DE", "because": "its domain [S]" }],
          "uploads": [
            {
              "id": "sync", "match": { "path": "^/sync$", "methods": ["POST"], "hasField": "payload" },
              "body": [{ "at": "$.payload", "as": "base64-gzip" }, { "at": "$.payload", "as": "json" }, { "at": "$.payload.place", "as": "commas" }],
              "facts": [
                { "at": "$.payload.ring", "category": "device", "name": "device-id", "identifies": true, "because": "obvious name" },
                { "at": "$.payload.place[0]", "category": "location", "name": "latitude", "because": "obvious value" },
                { "at": "$.payload.key", "category": "account", "name": "session", "secret": true, "because": "obvious name" }
              ],
              "minutes": [{ "each": "$.payload.pulse[*]", "category": "heart-rate", "time": { "at": "@.t", "zone": "$.payload.utc", "zoneUnit": "minutes" }, "value": "@.bpm", "device": "$.payload.ring", "merging": "merge-minutes", "because": "obvious values" }],
              "occurrences": [{ "each": "$.payload.naps[*]", "category": "sleep", "start": { "at": "@.from" }, "end": { "at": "@.to" }, "fields": { "deep": "@.deep" }, "because": "obvious names" }],
              "totals": [{ "each": "$.payload.days[*]", "category": "steps", "date": "@.day", "values": { "steps": "@.n" }, "because": "obvious names" }],
              "because": "base64 of gzipped JSON in a form field [V]"
            }
          ],
          "common": [{ "in": ["header"], "fields": ["X-Account"], "category": "account", "name": "user-id", "identifies": true, "because": "obvious name" }],
          "secrets": { "names": ["X-Session"], "because": "whoever has it is the person" },
          "exports": [
            { "id": "pulse", "member": "pulse\\.csv$", "kind": "minute", "category": "heart-rate", "columns": { "bpm": ["Puls"] }, "time": { "start": ["Zeit"] }, "because": "the vendor's help page [S]" },
            { "id": "naps", "member": "naps\\.csv$", "kind": "occurrence", "category": "sleep", "columns": { "deep": ["Tief"] }, "time": { "date": ["Tag"], "start": ["Von"], "end": ["Bis"] }, "because": "the vendor's help page [S]" }
          ],
          "merging": { "minutes": "replace-day", "because": "not known" }
        }
        """;

    private static VendorProfile Acme { get; } = VendorProfileReader.Read(Encoding.UTF8.GetBytes(Json), "acme-ring.json");

    [Fact]
    public void ItsUploadsAreDecodedWithoutCode()
    {
        var traffic = new Traffic(Acme);
        Sync(traffic, """{"ring":"R-77","utc":120,"key":"topsecret","place":"52.5,13.4","pulse":[{"t":1711872000,"bpm":61},{"t":1711872060,"bpm":62}],"naps":[{"from":"2024-03-31T14:00:00+02:00","to":"2024-03-31T14:40:00+02:00","deep":12}],"days":[{"day":"2024-03-30","n":4211}]}""");
        var view = Sync(traffic, """{"ring":"R-77","utc":120,"pulse":[{"t":1711872060,"bpm":72},{"t":1711872120,"bpm":63}]}""", Traffic.Noon + Duration.FromHours(1));
        var uploaded = traffic.Uploaded();

        Assert.Equal(UploadOutcome.Decoded, view.Outcome);
        var day = Assert.Single(uploaded.Minutes);
        Assert.Equal((new LocalDate(2024, 3, 31), Offset.FromHours(2), "R-77", 1), (day.Date, day.Offset!.Value, day.Device, day.EarlierVersions));
        Assert.Equal([61, 72, 63], day.Values[600..603]);
        Assert.Equal((12m, "2024-03-31T14:00:00"), uploaded.Occurrences.Select(nap => (nap["deep"]!.Number!.Value, nap.Start.Local.ToString("uuuu-MM-ddTHH:mm:ss", null))).Single());
        Assert.Equal(4211, uploaded.Totals.Single().Value);
        Assert.Contains(uploaded.Facts, fact => fact is { Name: "latitude", Value: "52.5", InWorkout: false });
        Assert.Contains(uploaded.Facts, fact => fact.Name == "session" && fact.Value.StartsWith("sha256:", StringComparison.Ordinal));
        Assert.Contains(uploaded.Facts, fact => fact is { Name: "user-id", Value: "erika" });
    }

    [Fact]
    public void ItsAnswersAreMappedWithoutCode()
    {
        var answer = new AnswerCase(Acme)
            .Table("pulse.csv", "Puls;Zeit\n61;2024-03-31 08:00:30+0000\n62;2024-03-31 08:01:30+0000\n")
            .Table("naps.csv", "Tag,Von,Bis,Tief\n31.03.2024,23:50,00:30,12\n", "R-002");
        var disclosed = answer.Disclosed();

        Assert.Equal([61, 62], disclosed.Minutes.Single().Values[480..482]);
        var nap = disclosed.Occurrences.Single();
        Assert.Equal((new LocalDateTime(2024, 3, 31, 23, 50), new LocalDateTime(2024, 4, 1, 0, 30)), (nap.Start.Local, nap.End!.Value.Local));
    }

    [Fact]
    public void ABodyThatDoesNotDecodeCostsItsFieldAndSaysWhy()
    {
        var traffic = new Traffic(Acme);
        var view = traffic.Send(traffic.Request("POST", "/sync", Encoding.UTF8.GetBytes("payload=AAAA"), "application/x-www-form-urlencoded", host: "api.acme.example"))!;

        Assert.Contains(view.Damages, damage => damage.Reason.StartsWith("$.payload: it is no gzip data", StringComparison.Ordinal));
    }

    private static DecodedUpload Sync(Traffic traffic, string json, Instant? at = null)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(json));
        }

        var body = Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(Convert.ToBase64String(packed.ToArray())));
        return traffic.Send(traffic.Request(
            "POST", "/sync", body, "application/x-www-form-urlencoded", at, "api.acme.example", headers: new HttpHeader("X-Account", "erika")))!;
    }
}
