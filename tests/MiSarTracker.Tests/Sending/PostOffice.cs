using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ports;
using MiSarTracker.Sending;
using MiSarTracker.Storage;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace MiSarTracker.Tests.Sending;

/// <summary>A workspace of its own with one case, and a mail server whose answers a test sets.</summary>
internal sealed class PostOffice : IMailSender, IDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 22, 10, 0);
    private readonly string _folder;

    private PostOffice(string folder, Workspace workspace, Case @case)
    {
        (_folder, Workspace, Case) = (folder, workspace, @case);
        Sender = new OutboxSender(workspace, this, Clock);
    }

    public Workspace Workspace { get; }

    public Case Case { get; private set; }

    public FakeClock Clock { get; } = new(Start);

    public OutboxSender Sender { get; }

    /// <summary>What the server says to the next mails; the last one stays.</summary>
    public Queue<SendOutcome> Outcomes { get; } = new([new SendOutcome.Accepted(250, "2.0.0 OK id=1", true)]);

    /// <summary>Each mail as it arrived at the server.</summary>
    public List<PreparedMail> Arrived { get; } = [];

    /// <summary>Done by the server while it has a mail in its hands.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<PostOffice> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("misar-").FullName;
        var workspace = await Workspace.Init(Path.Combine(folder, "w"), "{}", Start, cancellationToken: Stop);
        var opened = await workspace.OpenCase(
            new OpenCase
            {
                Vendor = "xiaomi-mi-fit",
                Controllers = [new ControllerChoice("xiaomi", "Xiaomi Technology Netherlands B.V."), new ControllerChoice("huami", "Anhui Huami Information Technology Co., Ltd.")],
                Person = new Person("Alice Example", "alice@client.test", "NL"),
                Language = "en",
            },
            Start, Stop);
        return new PostOffice(folder, workspace, opened);
    }

    public async Task<SendOutcome> SendAsync(PreparedMail mail, CancellationToken cancellationToken)
    {
        mail.Verify();
        Arrived.Add(mail);
        await Meanwhile();
        return Outcomes.Count > 1 ? Outcomes.Dequeue() : Outcomes.Peek();
    }

    public void Answer(params SendOutcome[] outcomes)
    {
        Outcomes.Clear();
        foreach (var outcome in outcomes)
            Outcomes.Enqueue(outcome);
    }

    /// <summary>Approves an access letter, the bytes of which stand in the vault.</summary>
    /// <returns>Its bytes.</returns>
    public async Task<byte[]> QueueLetterAsync(string controller = "xiaomi")
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes($"From: alice@client.test\r\nTo: privacy@vendor.test\r\nMessage-ID: <{controller}@client.test>\r\n\r\nDear {controller}\r\n");
        var entry = Workspace.Vault.Store(bytes);
        var mail = new OutgoingMail
        {
            To = "privacy@vendor.test",
            Subject = "Access",
            MessageId = $"<{controller}@client.test>",
            EnvelopeId = $"{Case.Reference}.{(controller == "xiaomi" ? 1 : 2)}",
            Sha256 = entry.Sha256,
            Size = entry.Size,
        };
        await Workspace.Apply(Case.Reference, new QueueLetter { Kind = "access", Controller = controller, Language = "en", Mail = mail }, Clock.GetCurrentInstant(), Stop);
        return bytes;
    }

    public Task<Case> ReloadAsync() => Task.FromResult(Case = Workspace.Cases.Get(Case.Reference));

    public async Task<OutboxItem> RowAsync(string item = "L-001") =>
        (await Workspace.Outbox.List(finishedToo: true, Stop)).Single(row => row.Item == item);

    public void Dispose()
    {
        Workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
