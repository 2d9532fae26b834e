using Google.Rpc;

using Grpc.Core;

using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.ServiceDefaults.Validation;

/// <summary>Gathers every malformed field of one request, so that the caller hears of all of them at once. Not thread-safe.</summary>
public sealed class FieldViolations
{
    private readonly List<BadRequest.Types.FieldViolation> violations = [];

    /// <summary>Gets a value indicating whether a rule was broken.</summary>
    public bool Any => violations.Count > 0;

    /// <summary>Records a fault.</summary>
    /// <param name="field">Path of the field in the request, such as <c>events[3].work_id</c>.</param>
    /// <param name="rule">The rule and what to do, such as <c>must be 1 to 128 characters</c>.</param>
    public void Add(string field, string rule) =>
        violations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = rule });

    /// <summary>Records the faults of a part that was checked for itself.</summary>
    /// <param name="part">The part's faults.</param>
    /// <param name="place">Gives the path in the request of a field of the part.</param>
    public void AddAll(FieldViolations part, Func<string, string> place)
    {
        foreach (var fault in part.violations)
        {
            Add(place(fault.Field), fault.Description);
        }
    }

    /// <summary>Records a fault unless the rule holds.</summary>
    /// <param name="holds">Whether the rule holds.</param>
    /// <param name="field">Path of the field in the request.</param>
    /// <param name="rule">The rule and what to do.</param>
    public void Require(bool holds, string field, string rule)
    {
        if (!holds)
        {
            Add(field, rule);
        }
    }

    /// <summary>Refuses the request when a rule was broken.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT with every fault, when there is one.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw RichErrors.InvalidArgument(violations);
        }
    }
}
