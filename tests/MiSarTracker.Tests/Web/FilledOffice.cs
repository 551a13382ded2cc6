using System.Text;
using MiSarTracker.Core.Cases;
using MiSarTracker.Tests.Sending;
using MiSarTracker.Tests.Service;
using NodaTime;

namespace MiSarTracker.Tests.Web;

/// <summary>A workspace with a case that has everything a page can show. Written by hand from the contract, not by the product.</summary>
internal static class FilledOffice
{
    /// <summary>A name that tries everything: markup, and a turn of the writing direction that would hide its end.</summary>
    public const string HostileName = "<script>alert(1)<script>\u202Efdp.exe";

    public const string Comparison = """
        {
          "case": "SAR-2026-0001", "comparedAt": "2026-11-22T10:00:00Z", "engine": "1.0",
          "evidence": [], "response": [],
          "clock": {"offsetMinutes": 60, "how": "best agreement over 2,880 shared minutes", "agreement": 0.998, "ambiguous": false, "members": []},
          "categories": [
            {"category":"heart-rate","unit":"minute","uploaded":27663,"disclosed":21344,"matched":21344,"missing":6000,"altered":219,"notComparable":100,"disclosedOnly":3,"outsideCapture":0,"verdict":"partly-disclosed","reason":null},
            {"category":"workout-track","unit":"position","uploaded":1200,"disclosed":0,"matched":0,"missing":1200,"altered":0,"notComparable":0,"disclosedOnly":0,"outsideCapture":0,"verdict":"not-disclosed","reason":null},
            {"category":"other:<b>x</b>","unit":"value","uploaded":0,"disclosed":0,"matched":0,"missing":0,"altered":0,"notComparable":0,"disclosedOnly":0,"outsideCapture":0,"verdict":"not-comparable","reason":"the answer holds nothing of this kind"}
          ],
          "findings": [
            {"id":"F-001","kind":"altered","category":"heart-rate","subject":"minutes","from":"2026-11-03T09:00+01:00","to":"2026-11-03T12:38+01:00","count":219,"severity":"medium","aggregate":false,
             "statement":"219 heart-rate minutes of 3 November 2026 were disclosed with another value than your phone uploaded.",
             "innocent":[{"explanation":"another time zone","ruledOut":true,"why":"No offset of whole minutes makes them agree."}],
             "examples":[{"at":"2026-11-03T09:00+01:00","uploaded":"72 bpm","disclosed":"70 bpm"}],
             "evidence":[{"exhibit":"E-001","exchange":12,"path":"data[0].data_hr"}],"response":[{"exhibit":"R-001","member":"HEARTRATE_AUTO.csv","line":540}]},
            {"id":"F-002","kind":"not-disclosed","category":"workout-track","subject":"positions","from":null,"to":null,"count":1200,"severity":"high","aggregate":false,
             "statement":"None of the 1,200 positions that your phone uploaded stands in the answer. <img src=x onerror=alert(1)>",
             "innocent":[],"examples":[],"evidence":[{"exhibit":"E-001","exchange":31,"path":null}],"response":[]}
          ],
          "recipients": [{"host":"api-mifit.example","requests":10,"uploads":4,"bytes":1,"firstSeen":null,"lastSeen":null,"owner":null,"country":null,"named":null}],
          "identifiers": [], "article15": [], "location": {"inWorkouts": 0, "outsideWorkouts": 0}
        }
        """;

    public static async Task<PostOffice> OpenAsync()
    {
        var office = await PostOffice.OpenAsync();
        var (workspace, reference, now) = (office.Workspace, office.Case.Reference, office.Clock.GetCurrentInstant());
        await office.QueueLetterAsync();
        await office.Sender.Drain(PostOffice.Stop);
        await Clockwork.StartAsync(office, new LocalDate(2026, 11, 10), new PlannedReminder("thirtieth-day", Instant.FromUtc(2026, 12, 10, 8, 0)));
        await AddAsync(office, ExhibitKind.Evidence, HostileName, "flow dump");
        await AddAsync(office, ExhibitKind.Response, "answer.zip", "archive");
        var comparison = workspace.Vault.Store(Encoding.UTF8.GetBytes(Comparison));
        await workspace.Apply(reference, new RecordComparison { Engine = "1.0", Sha256 = comparison.Sha256, Size = comparison.Size, Exhibits = ["E-001", "R-001"], Findings = 2 }, now, PostOffice.Stop);
        var report = workspace.Vault.Store("%PDF-1.7\n"u8.ToArray());
        await workspace.Apply(reference, new RecordReport(report.Sha256, report.Size, "C-001", "en", false), now, PostOffice.Stop);
        await office.ReloadAsync();
        return office;
    }

    private static async Task AddAsync(PostOffice office, ExhibitKind kind, string name, string content)
    {
        var entry = office.Workspace.Vault.Store(Encoding.UTF8.GetBytes(content));
        var command = new AddExhibit { Kind = kind, FileName = name, Size = entry.Size, Sha256 = entry.Sha256, Format = "text" };
        await office.Workspace.AddExhibit(office.Case.Reference, command, null, office.Clock.GetCurrentInstant(), PostOffice.Stop);
    }
}
