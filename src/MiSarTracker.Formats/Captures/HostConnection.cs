using NodaTime;

namespace MiSarTracker.Formats.Captures;

/// <summary>
/// A connection that a capture shows from outside: who talked to whom, when and how much, without what was said. What
/// remains of traffic that could not be decrypted.
/// </summary>
/// <param name="Host">The name that the app asked for, lower case; the address when no name is known.</param>
/// <param name="Port">The server's port, 0 when unknown.</param>
/// <param name="Protocol">As the tool names it, for example <c>TLS</c>; empty when it does not say.</param>
/// <param name="App">The app's name, or null when the tool does not say.</param>
/// <param name="Package">The app's package name, or null.</param>
/// <param name="BytesSent">From the device to the host, as the tool counted.</param>
/// <param name="BytesReceived">From the host to the device.</param>
/// <param name="FirstSeen">When it began, or null.</param>
/// <param name="LastSeen">When it was last active, or null.</param>
public sealed record HostConnection(
    string Host, int Port, string Protocol, string? App, string? Package, long BytesSent, long BytesReceived, Instant? FirstSeen, Instant? LastSeen);
