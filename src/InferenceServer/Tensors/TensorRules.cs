namespace KpGrpc.InferenceServer.Tensors;

/// <summary>Whether tensors fit a model's signature.</summary>
internal static class TensorRules
{
    /// <summary>Checks the tensors of a request: names, types, shapes.</summary>
    /// <param name="signature">What the model takes.</param>
    /// <param name="inputs">What came; element counts agree with shapes already.</param>
    /// <returns>Every fault: the tensor's name and the rule.</returns>
    public static IEnumerable<(string Tensor, string Rule)> Faults(TensorSignature signature, IReadOnlyList<TensorValue> inputs)
    {
        foreach (var repeated in inputs.GroupBy(input => input.Name).Where(group => group.Count() > 1))
        {
            yield return (repeated.Key, "must come once");
        }

        foreach (var missing in signature.Inputs.Where(spec => !spec.Optional && inputs.All(input => input.Name != spec.Name)))
        {
            yield return (missing.Name, $"is missing: {Describe(missing)}");
        }

        foreach (var input in inputs)
        {
            var spec = signature.Inputs.FirstOrDefault(spec => spec.Name == input.Name);
            if (spec is null)
            {
                yield return (input.Name, $"is no input of this model; it takes {string.Join(", ", signature.Inputs.Select(one => one.Name))}");
            }
            else if (spec.Type != input.Type || !Fits(spec.Shape, input.Shape))
            {
                yield return (input.Name, $"must be {Describe(spec)}, not {input.Type.ToString().ToUpperInvariant()} of shape [{string.Join(", ", input.Shape)}]");
            }
        }

        var batches = inputs.Where(input => input.Shape.Count > 0).Select(input => input.Shape[0]).Distinct().ToList();
        if (batches.Count > 1)
        {
            yield return (inputs[0].Name, $"must agree with the other inputs in the first dimension, the rows; they have {string.Join(" and ", batches)}");
        }
    }

    private static bool Fits(IReadOnlyList<long> wanted, IReadOnlyList<long> found) =>
        wanted.Count == found.Count && wanted.Zip(found).All(pair => pair.First < 0 || pair.First == pair.Second);

    private static string Describe(TensorSpec spec) => $"{spec.Type.ToString().ToUpperInvariant()} of shape [{string.Join(", ", spec.Shape)}]";
}
