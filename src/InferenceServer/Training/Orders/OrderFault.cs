namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Why an order cannot be taken.</summary>
internal enum OrderFault
{
    /// <summary>No such model, version or data set.</summary>
    Unknown,

    /// <summary>An option or path breaks a rule.</summary>
    Malformed,

    /// <summary>The idempotency key stands for another order.</summary>
    KeyTaken,

    /// <summary>The data does not suffice.</summary>
    Unfit,

    /// <summary>Another one runs.</summary>
    Busy,
}
