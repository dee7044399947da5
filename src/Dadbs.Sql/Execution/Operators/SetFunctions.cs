using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>Starts set-returning functions.</summary>
internal static class SetFunctions
{
    public static IEnumerable<Datum> Call(FunctionDescriptor function, Evaluator[] arguments, ExecutionState state)
    {
        Datum[] values = new Datum[arguments.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i](state).Detach();
            if (values[i].IsNull && function.IsStrict) return [];
        }

        return function.SetBody!(state.Context, values);
    }
}
