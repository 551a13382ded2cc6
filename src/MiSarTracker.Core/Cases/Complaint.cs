using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>How an authority ended a complaint.</summary>
public enum ComplaintOutcome
{
    /// <summary>It did not investigate, or rejected the complaint.</summary>
    Declined,

    /// <summary>It found for the person, or acted on the controller.</summary>
    Upheld,
}

/// <summary>A complaint to a supervisory authority (Art. 77 GDPR).</summary>
public sealed record Complaint
{
    /// <summary>The id in the list of authorities: <c>nl-ap</c>.</summary>
    public required string Authority { get; init; }

    /// <summary>Its name then.</summary>
    public required string Name { get; init; }

    /// <summary>The day on which it was lodged.</summary>
    public required LocalDate On { get; init; }

    /// <summary>The authority's own reference, if it gave one.</summary>
    public string? FileNumber { get; init; }

    public ComplaintOutcome? Outcome { get; init; }

    /// <summary>The day of the outcome.</summary>
    public LocalDate? EndedOn { get; init; }

    public bool IsOpen => Outcome is null;
}

/// <summary>The authority that the person chose, and why that one.</summary>
public sealed record ChosenAuthority(string Id, string Name, string Why);

/// <summary>
/// A complaint was lodged, by a letter from here or by other means. What was planned about the controllers' clocks is cancelled:
/// from here on the authority's three months count (Art. 78(2) GDPR).
/// </summary>
public sealed record RecordComplaint(string Authority, string Name, LocalDate On, string? FileNumber = null) : IVerb<RecordComplaint>
{
    public static Decision Decide(Case @case, RecordComplaint command, Instant now)
    {
        Steps.RequireOpen(@case, "recording a complaint");
        Days.RequireNotInFuture(command.On, "The day of the complaint", now);
        if (@case.Controllers.All(c => c.State == ControllerState.Draft))
            throw Steps.Refuse(@case, "No controller was asked yet: there is nothing to complain about.");
        var earlier = @case.Complaints.FirstOrDefault(c => c.IsOpen && c.Authority == command.Authority);
        if (earlier is not null && earlier.On == command.On && earlier.FileNumber == command.FileNumber)
            return Decision.Nothing(@case);
        if (earlier is not null && earlier.On != command.On)
            throw Steps.Refuse(@case, $"A complaint to {earlier.Name} of {Payload.Text(earlier.On)} is open.");

        var complaint = new Complaint { Authority = command.Authority, Name = command.Name, On = command.On, FileNumber = command.FileNumber };
        var complaints = earlier is null ? @case.Complaints.With(complaint) : @case.Complaints.Replace(c => c == earlier, _ => complaint);
        var number = command.FileNumber is null ? "" : $" ({command.FileNumber})";
        var decision = Decision.Of(@case with { Complaints = complaints }, "complaint-lodged", $"Complaint to {command.Name} on {Payload.Text(command.On)}{number}.", Payload.Of(
            ("authority", command.Authority),
            ("on", Payload.Text(command.On)),
            ("fileNumber", command.FileNumber)));
        return @case.Controllers.Aggregate(decision, (sum, controller) => sum.Then(next => PlanReminders.Cancel(next, controller.Id, now)));
    }
}

/// <summary>The authority ended a complaint; the case goes on as its controllers stand.</summary>
public sealed record EndComplaint(ComplaintOutcome Outcome, LocalDate On, string? Note = null) : IVerb<EndComplaint>
{
    public static Decision Decide(Case @case, EndComplaint command, Instant now)
    {
        Steps.RequireOpen(@case, "recording an authority's decision");
        Days.RequireNotInFuture(command.On, "The day of the decision", now);
        var open = @case.Complaints.FirstOrDefault(c => c.IsOpen)
            ?? throw Steps.Refuse(@case, "No complaint is open, so no authority can have ended one.");
        if (command.On < open.On)
            throw Steps.Refuse(@case, $"The complaint is of {Payload.Text(open.On)}; it cannot have ended on {Payload.Text(command.On)}.");
        var ended = open with { Outcome = command.Outcome, EndedOn = command.On };
        var what = command.Outcome == ComplaintOutcome.Declined ? "declined to act on the complaint" : "found for the complaint";
        var note = string.IsNullOrWhiteSpace(command.Note) ? "" : " " + command.Note.Trim();
        var decision = Decision.Of(
            @case with { Complaints = @case.Complaints.Replace(c => c == open, _ => ended) },
            "complaint-ended",
            $"{open.Name} {what} on {Payload.Text(command.On)}.{note}",
            Payload.Of(("authority", open.Authority), ("outcome", ContractName.Of(command.Outcome)), ("on", Payload.Text(command.On)), ("note", command.Note)));
        return @case.Controllers.Aggregate(decision, (sum, controller) => sum.Then(next => PlanReminders.Cancel(next, controller.Id, now)));
    }
}

/// <summary>The person chose where to complain.</summary>
public sealed record ChooseAuthority(ChosenAuthority Authority) : IVerb<ChooseAuthority>
{
    public static Decision Decide(Case @case, ChooseAuthority command, Instant now)
    {
        Steps.RequireOpen(@case, "choosing an authority");
        return @case.Authority == command.Authority
            ? Decision.Nothing(@case)
            : Decision.Of(@case with { Authority = command.Authority }, "authority-chosen", $"Authority chosen: {command.Authority.Name}. {command.Authority.Why}", Payload.Of(
                ("authority", command.Authority.Id), ("why", command.Authority.Why)));
    }
}
