namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Part of a data set.</summary>
internal enum DataPart
{
    /// <summary>What a model learns from.</summary>
    Train = 1,

    /// <summary>What settings are chosen by.</summary>
    Validation = 2,

    /// <summary>What figures are reported on.</summary>
    Test = 3,
}
