namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>One named column of a table. Immutable by convention: nobody writes to its arrays after reading.</summary>
/// <param name="Name">Name in the file's header.</param>
/// <param name="Kind">What <paramref name="Values"/> are.</param>
/// <param name="Values">One value a row; NaN = missing. Numbers beyond the range of a float are its greatest or least value.</param>
/// <param name="Levels">Texts that the values of a text column point at, in order of first appearance; else null.</param>
/// <param name="IsKey">No value appears twice, none is missing, and values are whole numbers or texts: what names a row.</param>
internal sealed record TableColumn(string Name, ColumnKind Kind, float[] Values, IReadOnlyList<string>? Levels, bool IsKey)
{
    /// <summary>The value of a row for people; empty when missing.</summary>
    public string TextOf(int row) => Kind == ColumnKind.Text && !float.IsNaN(Values[row])
        ? Levels![(int)Values[row]]
        : float.IsNaN(Values[row]) ? "" : Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
