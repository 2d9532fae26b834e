using System.Text.Json.Serialization;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>Some features that are computed together from the columns of a table, without its label. Part of a model's file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "block")]
[JsonDerivedType(typeof(PlainBlock), "plain")]
[JsonDerivedType(typeof(TextBlock), "text")]
[JsonDerivedType(typeof(PanelBlock), "panel")]
internal interface IFeatureBlock
{
    /// <summary>Columns that it reads.</summary>
    [JsonIgnore]
    IEnumerable<string> Inputs { get; }

    /// <summary>Names of its features.</summary>
    [JsonIgnore]
    IReadOnlyList<string> Names { get; }

    /// <summary>Writes its features of all rows at <paramref name="offset"/>.</summary>
    void Fill(Table table, FeatureMatrix matrix, int offset);
}
