using System.Text.Json.Serialization;

namespace MiSarTracker.Storage.Model;

/// <summary>Lists of texts within a column; generated code, so that reading one costs no reflection at start.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class RowJson : JsonSerializerContext;
