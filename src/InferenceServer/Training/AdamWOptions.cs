using System.ComponentModel.DataAnnotations;

namespace KpGrpc.InferenceServer.Training;

/// <summary>Settings of <see cref="AdamW"/> (Loshchilov and Hutter 2019).</summary>
internal sealed class AdamWOptions
{
    /// <summary>Decay of the mean gradient. Default 0.9.</summary>
    [Range(0.0, 0.9999)]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay of the mean squared gradient. Default 0.999.</summary>
    [Range(0.0, 0.999999)]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Added to the root of the squared gradient. Default 1e-8.</summary>
    [Range(1e-12, 1.0)]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Largest norm of all gradients together; a larger one is scaled down to it. 0 = no bound. Default 1.</summary>
    [Range(0.0, 1e6)]
    public double GradientNormMax { get; set; } = 1;
}
