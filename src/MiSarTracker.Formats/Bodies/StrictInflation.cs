using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MiSarTracker.Formats.Bodies;

/// <summary>
/// By default .NET takes compressed data that is cut off for complete and says nothing. Evidence must not be cut
/// silently, so the runtime's strict validation is switched on wherever this assembly is used.
/// </summary>
internal static class StrictInflation
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The switch is read once, by whoever inflates first; a reader cannot set it later.")]
    internal static void SwitchOn() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
}
