namespace KpGrpc.InferenceServer.Training;

/// <summary>What a training is doing.</summary>
internal enum TrainingStage
{
    /// <summary>Data is read and prepared.</summary>
    Preparing = 1,

    /// <summary>Weights are learned.</summary>
    Training = 2,

    /// <summary>The model is measured on what was held out for it.</summary>
    Validating = 3,

    /// <summary>A checkpoint was written; a training can resume here.</summary>
    Checkpointed = 4,

    /// <summary>The version is in its folder. The last stage of a success.</summary>
    Published = 5,
}
