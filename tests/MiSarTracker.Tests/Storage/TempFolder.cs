using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using MiSarTracker.Tests.Core.Cases;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Storage;

/// <summary>A folder of its own for one test, removed afterwards, and workspaces in it.</summary>
public abstract class TempFolder : IDisposable
{
    protected TempFolder() => Folder = Directory.CreateTempSubdirectory("misar-storage-").FullName;

    protected string Folder { get; }

    protected string Root => Path.Combine(Folder, "ws");

    protected string DatabasePath => Path.Combine(Root, "misar.db");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static Instant Now => Example.Start;

    protected Task<Workspace> Init() => Workspace.Init(Root, "{}", Now, cancellationToken: Token);

    protected Task<Workspace> Open() => Workspace.Open(Root, cancellationToken: Token);

    /// <summary>Stores the letter's bytes and queues it.</summary>
    protected static async Task<Decision> QueueAccess(Workspace workspace, CaseReference reference, string controller = Example.Xiaomi)
    {
        var access = Example.Access(controller);
        return await workspace.Apply(reference, access with { Mail = Stored(workspace, access.Mail) }, Now, Token);
    }

    /// <summary>The mail with bytes of its own in the vault.</summary>
    protected static OutgoingMail Stored(Workspace workspace, OutgoingMail mail)
    {
        var entry = workspace.Vault.Store(System.Text.Encoding.UTF8.GetBytes($"Message-ID: {mail.MessageId}\r\n\r\nHello\r\n"));
        return mail with { Sha256 = entry.Sha256, Size = entry.Size };
    }

    protected static AddExhibit Stored(Workspace workspace, AddExhibit exhibit, byte[] content)
    {
        var entry = workspace.Vault.Store(content);
        return exhibit with { Sha256 = entry.Sha256, Size = entry.Size };
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(Folder, recursive: true);
    }
}
