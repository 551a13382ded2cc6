using MiSarTracker.Core.Ports;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Service;

/// <summary>What the jobs and the pages work on.</summary>
public sealed record ServiceParts(Workspace Workspace, Settings Settings, Templates Templates, IMailSender? Sender, IClock Clock, ServeOptions Options)
{
    public bool SendsMail => Sender is not null;

    /// <summary>Today on the person's calendar.</summary>
    public LocalDate Today => Clock.GetCurrentInstant().InZone(Settings.Person.Zone).Date;
}
