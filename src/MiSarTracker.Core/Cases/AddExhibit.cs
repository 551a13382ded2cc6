using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Puts a file on the record. The same bytes of the same kind are one exhibit: adding them again changes nothing but that a
/// password is kept which opens more of them (<see cref="Unlocks"/>), and <see cref="Find"/> on the case gives the exhibit that they are.
/// </summary>
public sealed record AddExhibit : IVerb<AddExhibit>
{
    public required ExhibitKind Kind { get; init; }

    /// <summary>The file's name; folders in front of it are cut off.</summary>
    public required string FileName { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required string Format { get; init; }

    public LocalDate? Received { get; init; }

    public string? Controller { get; init; }

    public string? Device { get; init; }

    public string? App { get; init; }

    public string? Note { get; init; }

    public bool HasPassword { get; init; }

    /// <summary>The bytes are on the record already, and the password given now is kept in place of what was (or was not) kept with them.</summary>
    public bool Unlocks { get; init; }

    /// <summary>How many of the passwords that are kept now, the first ones, were kept with the bytes before: a comparison of that time is made again with these.</summary>
    public int PasswordsBefore { get; init; }

    /// <summary>A JSON object.</summary>
    public string Summary { get; init; } = "{}";

    public static Exhibit? Find(Case @case, ExhibitKind kind, string sha256) =>
        @case.Exhibits.FirstOrDefault(e => e.Kind == kind && e.Sha256 == sha256);

    public static Decision Decide(Case @case, AddExhibit command, Instant now)
    {
        Steps.RequireOpen(@case, "adding an exhibit");
        Steps.RequireSha256(command.Sha256);
        if (command.Controller is { } controller)
            _ = @case.Controller(controller);
        if (command.Received is { } received)
            Days.RequireNotInFuture(received, "The day of arrival", now);
        if (Find(@case, command.Kind, command.Sha256) is { } known)
            return command is { Unlocks: true, HasPassword: true } ? Unlock(@case, known, command) : Decision.Nothing(@case);

        var exhibit = new Exhibit
        {
            Number = Steps.NextNumber(command.Kind == ExhibitKind.Evidence ? 'E' : 'R', @case.Exhibits.Select(e => e.Number)),
            Kind = command.Kind,
            FileName = command.FileName[(command.FileName.LastIndexOfAny(['/', '\\']) + 1)..],
            Size = command.Size,
            Sha256 = command.Sha256,
            Format = command.Format,
            AddedAt = now,
            Received = command.Received,
            Controller = command.Controller,
            Device = command.Device,
            App = command.App,
            Note = command.Note,
            HasPassword = command.HasPassword,
            Summary = command.Summary,
        };
        return Decision.Of(
            @case with { Exhibits = @case.Exhibits.With(exhibit) },
            ContractName.Of(command.Kind) + "-added",
            $"{exhibit.Number} added: {exhibit.FileName} ({exhibit.Format}, {exhibit.Size} bytes).",
            Describe(exhibit));
    }

    /// <summary>The exhibit stays what it is; what was found in it is told anew.</summary>
    private static Decision Unlock(Case @case, Exhibit known, AddExhibit command)
    {
        var opened = known with { HasPassword = true, Summary = command.Summary };
        return Decision.Of(
            @case with { Exhibits = @case.Exhibits.Replace(e => e.Number == known.Number, _ => opened) },
            ContractName.Of(known.Kind) + "-unlocked",
            $"{known.Number} ({known.FileName}) was given again with a password that opens it; the password is kept with it.",
            Payload.Of(("exhibit", known.Number), ("sha256", known.Sha256), ("passwordsBefore", command.PasswordsBefore)));
    }

    private static System.Text.Json.Nodes.JsonObject Describe(Exhibit exhibit) => Payload.Of(
        ("exhibit", exhibit.Number),
        ("fileName", exhibit.FileName),
        ("size", exhibit.Size),
        ("sha256", exhibit.Sha256),
        ("format", exhibit.Format),
        ("received", Payload.Text(exhibit.Received)),
        ("controller", exhibit.Controller),
        ("device", exhibit.Device),
        ("app", exhibit.App),
        ("note", exhibit.Note));
}
