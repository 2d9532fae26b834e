using TorchSharp;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>
/// The numbers that go with tensors into native calls, alive as long as the process. A <see cref="Scalar"/> that is made
/// on the way into a call can be freed by the collector during it; one from here cannot. A number that is known only at run
/// time lives in a <c>using</c> that outlives the call.
/// </summary>
internal static class Scalars
{
    /// <summary>0</summary>
    public static readonly Scalar Zero = 0.0.ToScalar();

    /// <summary>1: also the factor that <c>add</c> and <c>sub</c> of two tensors take.</summary>
    public static readonly Scalar One = 1.0.ToScalar();

    /// <summary>−1</summary>
    public static readonly Scalar MinusOne = (-1.0).ToScalar();

    /// <summary>The whole number 0, for integer tensors.</summary>
    public static readonly Scalar IntegerZero = 0L.ToScalar();

    /// <summary>The whole number 1, for integer tensors.</summary>
    public static readonly Scalar IntegerOne = 1L.ToScalar();

    /// <summary>−∞: the score of what must not be chosen, and the log-probability of the impossible.</summary>
    public static readonly Scalar NegativeInfinity = double.NegativeInfinity.ToScalar();
}
