using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace MiSarTracker.Core;

/// <summary>
/// Mails and tables of vendors come in GB2312, Windows-1252 and the like. .NET knows those only once they are registered,
/// and MimeKit remembers what it could not find, so it has to happen before anybody reads the first mail.
/// </summary>
internal static class OldCharsets
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Whoever asks first decides for the whole process; a reader would be too late.")]
    internal static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
