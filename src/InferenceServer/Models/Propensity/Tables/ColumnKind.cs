namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>What a column holds. The names are persisted in model files.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers; missing values are NaN.</summary>
    Number,

    /// <summary>Dates, as days since 1970-01-01; missing values are NaN.</summary>
    Date,

    /// <summary>Text, as the index of its level; missing values are NaN.</summary>
    Text,
}
