using System.Text.Json.Serialization;

namespace MiSarTracker.Core.Vendors;

/// <summary>
/// How a profile is read, generated when the program is built: finding it out at run time took every command that needs a profile a
/// quarter of a second. The generated reader sets an absent <c>init</c> property to its type's default, so what
/// a profile may leave out gets its value in the property's getter.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(VendorProfile))]
internal sealed partial class VendorProfileJson : JsonSerializerContext;
