namespace KpGrpc.InferenceServer.Tensors;

/// <summary>Translates between tensors and what a model's batcher takes and gives. Off the model's thread; safe from any thread.</summary>
/// <typeparam name="TIn">One row into the model.</typeparam>
/// <typeparam name="TOut">One row out of it.</typeparam>
internal interface ITensorCodec<TIn, TOut>
{
    /// <summary>The tensors by name, type and shape.</summary>
    TensorSignature Signature { get; }

    /// <summary>Rows of a request whose names, types, shapes and element counts fit the signature already.</summary>
    /// <exception cref="TensorFaultException">The content of a tensor breaks a rule of the model.</exception>
    IReadOnlyList<TIn> Decode(IReadOnlyDictionary<string, TensorValue> inputs);

    /// <summary>Outputs in the order of the signature.</summary>
    IReadOnlyList<TensorValue> Encode(IReadOnlyList<TOut> rows);
}
