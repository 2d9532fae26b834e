using System.Text.Json.Serialization;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>A column of numbers or dates as it is.</summary>
/// <param name="Column">Its name, also the feature's.</param>
/// <param name="Kind">What it held when the model was trained.</param>
internal sealed record PlainBlock(string Column, ColumnKind Kind) : IFeatureBlock
{
    /// <inheritdoc />
    [JsonIgnore]
    public IEnumerable<string> Inputs => [Column];

    /// <inheritdoc />
    [JsonIgnore]
    public IReadOnlyList<string> Names => [Column];

    /// <inheritdoc />
    public void Fill(Table table, FeatureMatrix matrix, int offset)
    {
        var values = Checked.Of(table, Column, Kind).Values;
        for (var row = 0; row < values.Length; row++)
        {
            matrix.Row(row)[offset] = values[row];
        }
    }
}
