namespace KpGrpc.InferenceServer.Training;

/// <summary>How a learning rate falls after its warm-up.</summary>
internal enum ScheduleShape
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>In a straight line to the last step.</summary>
    Linear,

    /// <summary>Along half a cosine to the last step (Loshchilov and Hutter 2017).</summary>
    Cosine,
}
