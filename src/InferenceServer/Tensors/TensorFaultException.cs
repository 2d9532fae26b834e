namespace KpGrpc.InferenceServer.Tensors;

/// <summary>An input tensor that a model cannot take.</summary>
/// <param name="name">Name of the tensor.</param>
/// <param name="rule">The rule, such as <c>must be 1 to 200 long</c>.</param>
internal sealed class TensorFaultException(string name, string rule) : Exception($"{name}: {rule}")
{
    /// <summary>Name of the tensor.</summary>
    public string Tensor { get; } = name;

    /// <summary>The rule that is broken and what to do.</summary>
    public string Rule { get; } = rule;
}
