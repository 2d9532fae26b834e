namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>Which item is held out.</summary>
internal enum HeldOut
{
    /// <summary>The second last of every sequence: for choosing settings.</summary>
    Validation,

    /// <summary>The last of every sequence: for the figure that is reported.</summary>
    Test,
}
