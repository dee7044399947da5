namespace Dadbs.Sql.Functions;

/// <summary>The families of built-in functions, one file each. A new function is registered in its family.</summary>
internal static class FunctionFamilies
{
    public static void Register(FunctionRegistry registry)
    {
        WindowFunctions.Register(registry);
        IntegerFunctions.Register(registry);
        NumericFunctions.Register(registry);
        FloatFunctions.Register(registry);
        ComparisonFunctions.Register(registry);
        BooleanFunctions.Register(registry);
        CastFunctions.Register(registry);
        TextFunctions.Register(registry);
        LikeMatcher.Register(registry);
        RegularExpressionFunctions.Register(registry);
        EncodingFunctions.Register(registry);
        DateTimeFunctions.Register(registry);
        DateTimePartFunctions.Register(registry);
        FormattingFunctions.Register(registry);
        ArrayFunctions.Register(registry);
        SystemFunctions.Register(registry);
        InputOutputFunctions.Register(registry);
        SeriesFunctions.Register(registry);
        BasicAggregates.Register(registry);
        SumAggregates.Register(registry);
        CollectingAggregates.Register(registry);

        // Last: these leave alone what an earlier family has.
        SystemCatalog.CatalogFunctions.Register(registry);
        SystemCatalog.PrivilegeFunctions.Register(registry);
        SystemCatalog.IndexPropertyFunctions.Register(registry);
    }
}
