"""The least a Streamlit page can be: one slider, one chart, one table. The dashboard is measured beside it."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

at = st.slider("Referrals", 0.0, 2.0, 1.0, 0.05)
random = np.random.default_rng(round(at * 100))
figure = go.Figure([go.Scatter(y=random.normal(size=60).cumsum(), name=f"line {number}") for number in range(4)])
st.plotly_chart(figure.update_layout(height=360))
st.dataframe(pd.DataFrame(random.normal(size=(200, 9))))
st.html(f'<p class="effect">{at:.2f}</p>')
