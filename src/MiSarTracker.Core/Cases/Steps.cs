using System.Globalization;

namespace MiSarTracker.Core.Cases;

/// <summary>What can be done with a case as it stands; a refusal names it, and so may a page or a command's last line.</summary>
public static class Steps
{
    public static IReadOnlyList<string> Possible(Case @case)
    {
        if (@case.State == CaseState.Erased)
            return [];
        if (@case.State == CaseState.Closed)
            return ["reopen the case", "erase it"];
        var steps = new List<string>();
        if (@case.Controllers.Any(c => c.State == ControllerState.Draft))
            steps.Add("send the access letter");
        if (@case.Letters.Any(l => l.State == SendState.Unknown))
            steps.Add("settle the letter whose outcome is unknown");
        if (@case.Controllers.Any(c => c.State == ControllerState.Sent))
            steps.Add("record the day of receipt");
        if (@case.Controllers.Any(c => c is { IsOpen: true, HasOpenPause: true }))
            steps.Add("record that you answered the controller's question");
        if (@case.Controllers.Any(c => c.State != ControllerState.Draft))
            steps.AddRange(["record what the controller answered", "add a controller"]);
        if (@case.Complaints.Any(c => c.IsOpen))
            steps.Add("record what the authority decided");
        else if (@case.Controllers.Any(c => c.State != ControllerState.Draft))
            steps.Add("record a complaint");
        steps.AddRange(["add evidence or a response", "write a note", "close the case"]);
        return steps;
    }

    /// <exception cref="Refusal">The case is closed or erased.</exception>
    internal static void RequireOpen(Case @case, string step)
    {
        if (@case.State is CaseState.Closed or CaseState.Erased)
            throw Refuse(@case, $"{@case.Reference} is {ContractName.Of(@case.State)}: {step} is not possible.");
    }

    internal static Refusal Refuse(Case @case, string reason)
    {
        var possible = Possible(@case);
        return new Refusal(reason, possible.Count == 0 ? null : "Possible now: " + string.Join("; ", possible) + ".");
    }

    /// <summary>The next number of a series that is counted per case: <c>L-001</c>, and <c>L-1000</c> after <c>L-999</c>.</summary>
    internal static string NextNumber(char letter, IEnumerable<string> taken)
    {
        var highest = taken
            .Where(number => number.Length > 2 && number[0] == letter)
            .Select(number => int.Parse(number.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        return string.Create(CultureInfo.InvariantCulture, $"{letter}-{highest + 1:000}");
    }

    internal static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    internal static void RequireSha256(string text)
    {
        if (!IsSha256(text))
            throw new ArgumentException($"“{text}” is not a SHA-256 in 64 lower-case hex digits.", nameof(text));
    }
}
