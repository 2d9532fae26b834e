using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>Finds a model's columns in a table that is to be scored.</summary>
internal static class Checked
{
    /// <summary>The column of a name; a column without any value passes as any kind.</summary>
    /// <exception cref="ImportException">It is missing or holds something else than in training.</exception>
    public static TableColumn Of(Table table, string name, ColumnKind kind)
    {
        var column = table.Find(name) ?? throw new ImportException($"{table.Source} has no column '{name}', which the model was trained with.");
        return column.Kind == kind || column.Values.All(float.IsNaN)
            ? column
            : throw new ImportException($"Column '{name}' of {table.Source} holds {column.Kind} values; the model was trained with {kind} values.");
    }
}
