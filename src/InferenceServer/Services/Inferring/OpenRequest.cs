using Google.Rpc;
using Grpc.Core;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Tensors;
using KpGrpc.Protos.Inference;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Inferring;

/// <summary>Between a ModelInfer request and a model's tensors.</summary>
internal static class OpenRequest
{
    private const string PriorityParameter = "priority";
    private const string BulkPriority = "bulk";

    /// <summary>The inputs, which fit the signature.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT with every fault.</exception>
    public static Dictionary<string, TensorValue> Read(ModelInferRequest request, TensorSignature signature)
    {
        var faults = new FieldViolations();
        var inputs = TensorRead.All(faults, request);
        if (!faults.Any)
        {
            foreach (var (tensor, rule) in TensorRules.Faults(signature, inputs))
            {
                faults.Add(PathOf(request, tensor), $"{tensor} {rule}");
            }
        }

        for (var index = 0; index < request.Outputs.Count; index++)
        {
            var output = request.Outputs[index];
            faults.Require(
                signature.Outputs.Any(spec => spec.Name == output.Name), $"outputs[{index}].name",
                $"must be one of {string.Join(", ", signature.Outputs.Select(spec => spec.Name))}");
            faults.Require(output.Parameters.Count == 0, $"outputs[{index}].parameters", $"{string.Join(", ", output.Parameters.Keys)}: no parameter of an output is known");
        }

        faults.ThrowIfAny();
        return inputs.ToDictionary(input => input.Name, StringComparer.Ordinal);
    }

    /// <summary>Bulk where the request's parameter <c>priority</c> says so.</summary>
    public static Priority PriorityOf(ModelInferRequest request) =>
        request.Parameters.TryGetValue(PriorityParameter, out var priority) && priority.StringParam == BulkPriority ? Priority.Bulk : Priority.Interactive;

    /// <summary>The response: all outputs, or those that were asked for, in the form of the request.</summary>
    public static ModelInferResponse Answer(ModelInferRequest request, OpenModel model, TensorReply reply)
    {
        var response = new ModelInferResponse { ModelName = model.Name, ModelVersion = model.Version, Id = request.Id };
        var outputs = request.Outputs.Count == 0
            ? reply.Outputs
            : request.Outputs.Select(wanted => reply.Outputs.First(output => output.Name == wanted.Name));
        TensorWrite.All(response, outputs, request.RawInputContents.Count > 0);
        return response;
    }

    /// <summary>A fault that only the model could find.</summary>
    public static RpcException Refuse(ModelInferRequest request, TensorFaultException fault) => RichErrors.InvalidArgument(
        [new BadRequest.Types.FieldViolation { Field = PathOf(request, fault.Tensor), Description = $"{fault.Tensor} {fault.Rule}" }]);

    private static string PathOf(ModelInferRequest request, string tensor)
    {
        var index = request.Inputs.ToList().FindIndex(input => input.Name == tensor);
        return index < 0 ? "inputs" : $"inputs[{index}]";
    }
}
