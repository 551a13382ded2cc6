namespace MiSarTracker.Core.Observations;

/// <summary>
/// Where an observation stands, so that a reader who trusts nobody can go and look:
/// an exhibit, the part of it (a path in an upload's body, or a member of an answer), and the number within it
/// (the exchange in a capture, or the line in a member; both from 1; 0 when the part has no lines).
/// </summary>
public readonly record struct Origin(string Exhibit, string Part, long Number)
{
    /// <param name="exhibit">For example <c>E-001</c>.</param>
    /// <param name="exchange">The exchange's number in the capture, from 1.</param>
    /// <param name="path">For example <c>data_json[0].data[0].value</c>.</param>
    public static Origin InUpload(string exhibit, long exchange, string path) => new(exhibit, path, exchange);

    /// <param name="exhibit">For example <c>R-001</c>.</param>
    /// <param name="member">For example <c>HEARTRATE_AUTO/HEARTRATE_AUTO_1714557600000.csv</c>.</param>
    /// <param name="line">The line in the member, from 1 (the header is line 1); 0 when it has no lines.</param>
    public static Origin InAnswer(string exhibit, string member, long line) => new(exhibit, member, line);
}
