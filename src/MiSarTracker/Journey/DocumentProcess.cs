using System.Diagnostics;
using System.Globalization;
using MiSarTracker.Core;
using MiSarTracker.Formats.Answers.Documents;

namespace MiSarTracker.Journey;

/// <summary>
/// Our own executable in a process of its own (<c>misar read-document</c>), which reads documents for us: with a cap on its memory,
/// a limit on its time, an environment with nothing of ours in it, and no file or socket to touch. It serves one document
/// after another; when it fails at one it is ended, and the next one gets a new process.
/// </summary>
/// <param name="patience">How long one document may take.</param>
/// <param name="heap">Bytes that the process may hold.</param>
public sealed class DocumentProcess(TimeSpan patience, long heap) : IDocumentProcess
{
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(120);

    public const long DefaultHeap = 512L << 20;

    private static readonly string[] Kept = ["PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "DOTNET_HOST_PATH", "LD_LIBRARY_PATH", "SystemRoot", "TMPDIR", "TEMP", "HOME"];

    private Process? _process;
    private LineSplitter? _lines;

    public DocumentProcess()
        : this(DefaultPatience, DefaultHeap)
    {
    }

    public string? Read(string kind, ReadOnlyMemory<byte> document, IReadOnlyList<string> passwords, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        var process = _process ??= Start();
        var isLate = false;
        using (var clock = new CancellationTokenSource(patience))
        using (clock.Token.Register(() =>
        {
            isLate = true;
            End(process);
        }))
        using (cancellationToken.Register(() => End(process)))
        {
            if (TryAsk(process, DocumentWorker.Request(kind, document.Length, passwords), document) && TryTake(take))
                return null;
        }

        Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        return isLate
            ? string.Create(CultureInfo.InvariantCulture, $"the document took longer than {patience.TotalSeconds:0} seconds to read")
            : string.Create(CultureInfo.InvariantCulture, $"the document needs more than {heap >> 20} MiB of memory, or makes its reader fail");
    }

    public void Dispose()
    {
        if (_process is not { } process)
            return;

        (_process, _lines) = (null, null);
        End(process);
        process.Dispose();
    }

    private static bool TryAsk(Process process, byte[] request, ReadOnlyMemory<byte> document)
    {
        try
        {
            var input = process.StandardInput.BaseStream;
            input.Write(request);
            input.Write(document.Span);
            input.Flush();
            return true;
        }
        catch (IOException)
        {
            return false; // It ended before it had read the document; why is said by whoever asked.
        }
    }

    private bool TryTake(Action<ReadOnlyMemory<byte>> take)
    {
        while (_lines!.Next(out var line))
        {
            if (DocumentLine.IsEnd(line.Span))
                return true;

            take(line);
        }

        return false;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "misar.exe" : "misar");
        start.FileName = File.Exists(program) ? program : "dotnet";
        if (start.FileName == "dotnet")
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "misar.dll"));

        start.ArgumentList.Add(Commands.ReadDocumentCommand.Name);
        Confine(start);
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            _lines = new LineSplitter(process.StandardOutput.BaseStream);
            return process;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new Unavailable($"The process that reads documents cannot be started: {fault.Message}", "Install MiSarTracker anew; its own program file is missing.", fault);
        }
    }

    private void Confine(ProcessStartInfo start)
    {
        var kept = Kept.Where(start.Environment.ContainsKey).ToDictionary(name => name, name => start.Environment[name]);
        start.Environment.Clear();
        foreach (var (name, value) in kept)
            start.Environment[name] = value;

        start.Environment["DOTNET_GCHeapHardLimit"] = heap.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
